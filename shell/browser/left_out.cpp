// Parts of the C library that nlohmann/json's lexer refers to and whose results nobody sees. They
// would be a tenth of what readers download, so these stand in for them;
// docs/decisions/0006-what-is-left-out.md has the figures.
#include <cstdarg>
#include <cstddef>
#include <cstring>

extern "C" {

// Only writes the lexer's messages, which json_reader.cpp does not ask for.
int snprintf(char* to, std::size_t size, const char*, ...) {
  if (size > 0) *to = '\0';
  return 0;
}

// Only read numbers with a fraction or an exponent, whose values json_reader.cpp passes over. The
// lexer has checked them, and hands over nothing else.
double strtod(const char* text, char** end) {
  if (end != nullptr) *end = const_cast<char*>(text) + std::strlen(text);
  return 0;
}
float strtof(const char* text, char** end) { return static_cast<float>(strtod(text, end)); }
long double strtold(const char* text, char** end) { return strtod(text, end); }

}  // extern "C"
