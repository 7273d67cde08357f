// The rules for a comment that somebody asks to post, checked by the widget before it sends and by
// the server because nobody has to use the widget.
#pragma once

#include "widget/core/comment.h"
#include "widget/core/result.h"

namespace parlance {

// The comment as it is to be stored: author, e-mail and text trimmed of white space at both ends,
// line ends as LF. Fails with InvalidUtf8 (NUL and other control characters included), EmptyAuthor,
// AuthorTooLong, InvalidEmail, EmptyText or TextTooLong, and names the field.
Result<NewComment> validated(const NewComment& comment);

// Whether there is nothing but white space (also Unicode's, also zero-width characters) in `text`.
bool is_blank(std::string_view text);

}  // namespace parlance
