// How a comment came about, as far as the program that sends it says. Nobody has to say it, and
// nobody has to say the truth: it is one sign among others of who is a person and who is a script.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

namespace parlance {

struct Effort {
  // What stands in a field that people neither see nor reach. Scripts fill in whatever there is.
  std::string trap;
  // Milliseconds from the first time that the writer was in the field until it was sent.
  std::optional<std::int64_t> writing_ms;
  // The answer to a challenge (proof_of_work.h).
  std::string proof;
};

}  // namespace parlance
