// A Comment as the wire has it, for the messages that carry one. The grammar is in parlance_wire.h.
#pragma once

#include <cstdint>
#include <string_view>

#include "widget/backends/json_reader.h"
#include "widget/backends/json_writer.h"
#include "widget/core/comment.h"

namespace parlance {

void write_comment_json(JsonWriter& writer, const Comment& comment);

// Fills one Comment from the events inside its object.
class CommentReader {
 public:
  // Starts afresh. `comment` must outlive the reading and must not move before is_complete() was
  // asked.
  void begin(Comment& comment);

  JsonSink::Step on_key(std::string_view name);

  // False when the comment cannot be understood: a value of the wrong type, an unknown status, an
  // id that is too long. Numbers and texts beyond their bounds are brought within them.
  bool on_scalar(const JsonScalar& value);

  // The values that are not scalars: an object of counts by kind, and a list of kinds.
  bool takes_reactions() const { return field_ == Field::Reactions; }
  bool takes_reacted() const { return field_ == Field::Reacted; }
  void reaction_named(std::string_view kind);
  bool on_reaction_count(const JsonScalar& value);
  bool on_reacted(const JsonScalar& value);

  // Whether every field that must be there was.
  bool is_complete() const;
  // Whether at least the id was, or the votes, too.
  bool has_id() const;
  bool has_score() const;

  // Whether a key waits for its value. An object or an array may not stand there.
  bool is_waiting() const { return field_ != Field::None; }

 private:
  enum class Field : std::uint8_t {
    None,
    Id,
    Parent,
    Author,
    Avatar,
    Created,
    Text,
    Up,
    Down,
    Vote,
    Status,
    Own,
    Pinned,
    Reported,
    Reactions,
    Reacted,
  };
  static Field field_named(std::string_view name);
  bool take_text(std::string_view text);
  bool take_integer(std::int64_t value);
  bool take_flag(bool value);

  Comment* comment_ = nullptr;
  Field field_ = Field::None;
  std::uint32_t seen_ = 0;
};

}  // namespace parlance
