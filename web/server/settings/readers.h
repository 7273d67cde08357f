// Functions that read one JSON value into its place.
#pragma once

#include <functional>
#include <initializer_list>
#include <nlohmann/json.hpp>
#include <string>
#include <utility>
#include <vector>

namespace parlance {

// False when the value has the wrong type or is out of range.
using ValueReader = std::function<bool(const nlohmann::json&)>;

inline ValueReader text_into(std::string& place) {
  return [&place](const nlohmann::json& value) {
    const auto* text = value.get_ptr<const std::string*>();
    if (text == nullptr) return false;
    place = *text;
    return true;
  };
}

inline ValueReader flag_into(bool& place) {
  return [&place](const nlohmann::json& value) {
    if (!value.is_boolean()) return false;
    place = value.get<bool>();
    return true;
  };
}

template <typename Number>
ValueReader number_into(Number& place, std::int64_t least, std::int64_t most) {
  return [&place, least, most](const nlohmann::json& value) {
    if (!value.is_number_integer()) return false;
    const auto number = value.get<std::int64_t>();
    if (number < least || number > most) return false;
    place = static_cast<Number>(number);
    return true;
  };
}

// One of a few words.
template <typename Choice>
ValueReader choice_into(Choice& place,
                        std::initializer_list<std::pair<const char*, Choice>> choices) {
  return [&place, choices = std::vector(choices)](const nlohmann::json& value) {
    const auto* text = value.get_ptr<const std::string*>();
    if (text == nullptr) return false;
    for (const auto& [word, choice] : choices) {
      if (*text != word) continue;
      place = choice;
      return true;
    }
    return false;
  };
}

}  // namespace parlance
