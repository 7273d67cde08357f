// The numbers of the things that can be named on the screen; with node_id.h they make node ids.
#pragma once

#include "widget/core/node_id.h"

namespace parlance {

// A composer's parts are the same for the widget's own and for a reply's.
enum class Part : NodeId {
  None = 0,
  // A comment's. The article itself is part 0 of the comment.
  Article = 0,
  Author = 1,
  Time,
  Badge,
  Collapse,
  VoteGroup,
  UpVote,
  Score,
  DownVote,
  Reply,
  Notice,
  Avatar,
  Spoiler,
  NewReplies,
  More,
  CopyLink,
  Report,
  React,
  Link,
  // A composer's.
  Composer = 20,
  ComposerText,
  ComposerAuthor,
  ComposerEmail,
  ComposerHint,
  ComposerFailure,
  ComposerPost,
  ComposerCancel,
  ComposerHelp,
  ComposerPreview,
  ComposerPreviewed,
  ComposerNotice,
  ComposerUseOther,
  ComposerKeepOwn,
  ComposerReplies,
  // A report's.
  ReportForm = 35,
  ReportText,
  ReportHint,
  ReportFailure,
  ReportCancel,
  // The widget's own.
  Heading = 40,
  SortGroup,
  SortBest,
  SortMostVoted,
  SortNewest,
  SortOldest,
  Feed,
  State,
  Retry,
  LoadMore,
  PlainView,
  NewComments,
  Follow,
  FollowGroup,
  FollowEmail,
  FollowHint,
  FollowFailure,
  FollowSend,
  FollowClose,
  // A composer's, too: who writes, where the page knows it.
  ComposerAvatar = 63,
  // Paragraphs of a comment's text, the last one for all that are left.
  FirstParagraph = 64,
  LastParagraph = 163,
  // What a report says, and what readers react with.
  FirstReportReason = 164,
  LastReportReason = 167,
  ReportSend = 168,
  FirstReaction = 169,
  LastReaction = 174,
  ReportQuestion = 175,
  // The quotes and lists that they stand in.
  FirstEnclosure = 176,
  LastEnclosure = 207,
  // The same of what a composer shows as it will look.
  FirstPreviewParagraph = 208,
  LastPreviewParagraph = 239,
  FirstPreviewEnclosure = 240,
  LastPreviewEnclosure = 255,
};

constexpr NodeId widget_node(Part part) { return static_cast<NodeId>(part); }
constexpr NodeId comment_node(std::uint32_t comment, Part part) {
  return comment_part(comment, static_cast<NodeId>(part));
}
constexpr Part part_named(NodeId node) { return static_cast<Part>(part_of(node)); }

}  // namespace parlance
