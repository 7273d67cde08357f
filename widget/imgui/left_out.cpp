// Parts of Dear ImGui that its core refers to and the widget never uses. They are a third of what
// readers would download, so they are not compiled, and these stand in for them.
#include <imgui.h>
#include <imgui_internal.h>

#include <cassert>
#include <charconv>
#include <cstdarg>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <string_view>

// Tables and columns (imgui_tables.cpp).
namespace ImGui {

void EndTable() { assert(false); }
void EndColumns() { assert(false); }
void PushColumnsBackground() { assert(false); }
void PopColumnsBackground() { assert(false); }
void TablePushColumnChannel(int) { assert(false); }
void TablePopColumnChannel() { assert(false); }
void TablePushBackgroundChannel() { assert(false); }
void TablePopBackgroundChannel() { assert(false); }
void TableEndRow(ImGuiTable*) { assert(false); }
void TableEndCell(ImGuiTable*) { assert(false); }
void TableSettingsAddSettingsHandler() {}
void TableGcCompactSettings() {}
void TableGcCompactTransientBuffers(ImGuiTable*) {}
void TableGcCompactTransientBuffers(ImGuiTableTempData*) {}

}  // namespace ImGui

// CMakeLists.txt gives sscanf and fprintf these names in Dear ImGui. It reads settings files, which
// there are none of, and one number behind a word: the version of the shader language.
extern "C" int parlance_imgui_sscanf(const char* text, const char* format, ...) {
  const std::string_view pattern = format;
  if (!pattern.ends_with("%d")) return 0;
  const std::string_view word = pattern.substr(0, pattern.size() - 2);
  const std::string_view source = text;
  if (!source.starts_with(word)) return 0;
  va_list arguments;
  va_start(arguments, format);
  int& number = *va_arg(arguments, int*);
  va_end(arguments);
  const char* const end = source.data() + source.size();
  return std::from_chars(source.data() + word.size(), end, number).ec == std::errc{} ? 1 : 0;
}

extern "C" int parlance_imgui_fprintf(FILE*, const char*, ...) { return 0; }

// Formatting (IMGUI_DISABLE_DEFAULT_FORMAT_FUNCTIONS): Dear ImGui names windows with it. Knows %s,
// %.*s, %d and %X, ignores widths.
namespace {

class Formatter {
 public:
  Formatter(char* to, std::size_t size) : to_(to), left_(size) {}

  void character(char c) {
    ++length_;
    if (left_ <= 1) return;
    *to_++ = c;
    --left_;
  }

  void text(const char* text, std::size_t most) {
    for (std::size_t at = 0; at < most && text[at] != 0; ++at) character(text[at]);
  }

  void number(std::uint32_t value, std::uint32_t base) {
    if (value >= base) number(value / base, base);
    character("0123456789ABCDEF"[value % base]);
  }

  int finish() {
    if (left_ > 0) *to_ = 0;
    return length_;
  }

 private:
  char* to_;
  std::size_t left_;
  int length_ = 0;
};

}  // namespace

int ImFormatStringV(char* to, std::size_t size, const char* format, va_list arguments) {
  Formatter formatter(to, to == nullptr ? 0 : size);
  for (; *format != 0; ++format) {
    if (*format != '%') {
      formatter.character(*format);
      continue;
    }
    std::size_t most = SIZE_MAX;
    for (++format; *format == '.' || *format == '*' || (*format >= '0' && *format <= '9');
         ++format) {
      if (*format == '*') most = static_cast<std::size_t>(va_arg(arguments, int));
    }
    if (*format == 's') formatter.text(va_arg(arguments, const char*), most);
    if (*format == 'X') formatter.number(va_arg(arguments, unsigned), 16);
    if (*format == 'd') {
      const int value = va_arg(arguments, int);
      if (value < 0) formatter.character('-');
      formatter.number(value < 0 ? 0u - static_cast<unsigned>(value) : static_cast<unsigned>(value),
                       10);
    }
    if (*format == 0) break;
  }
  return formatter.finish();
}

int ImFormatString(char* to, std::size_t size, const char* format, ...) {
  va_list arguments;
  va_start(arguments, format);
  const int length = ImFormatStringV(to, size, format, arguments);
  va_end(arguments);
  return length;
}
