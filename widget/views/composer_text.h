// What a composer says; shared by its layout and its drawing, which must agree.
#pragma once

#include <string_view>

#include "widget/views/composer_view.h"

namespace parlance::composer_text {

inline constexpr std::string_view kPreview = "Preview";
inline constexpr std::string_view kNothing = "Nothing to show yet.";
inline constexpr std::string_view kUseOther = "Use it";
inline constexpr std::string_view kKeepOwn = "Keep mine";
inline constexpr std::string_view kReplies = "E-mail me replies";
inline constexpr std::string_view kCancel = "Cancel";
inline constexpr std::string_view kEmailHint = "Your e-mail is never shown.";

inline std::string writing_as(const Reader& reader) { return "Writing as " + reader.name; }

inline std::string_view post(const ComposerSpec& spec) {
  return spec.parent == kNoComment ? "Post comment" : "Post reply";
}

}  // namespace parlance::composer_text
