#include "widget/views/comment_view.h"

#include <algorithm>
#include <cmath>
#include <string>

#include "widget/views/avatar_view.h"
#include "widget/views/body_text.h"
#include "widget/views/comment_parts.h"
#include "widget/views/words.h"

namespace parlance {
namespace {

// Of a root's author as a heading. The thread's own is 2.
constexpr int kFirstLevel = 3;

class CommentView {
 public:
  CommentView(Ui& ui, const Conversation& conversation, const CommentLayout& layout,
              UnixSeconds now)
      : ui_(ui),
        look_(ui.look()),
        conversation_(conversation),
        layout_(layout),
        entry_(conversation.thread.entry(layout.index)),
        author_(comment_author(entry_.comment)),
        now_(now) {}

  void show_ground(const Box& box) {
    const bool is_marked = conversation_.highlighted == layout_.index;
    const float share = is_marked ? 1 : ui_.share(id(Part::Article), Change::Arrive);
    ui_.fill_faded({layout_.avatar.x - look_.gap / 2, box.y - look_.gap / 2,
                    box.width - layout_.avatar.x + look_.gap, box.height},
                   look_.palette.highlight, look_.radius, share);
  }

  // A line below each avatar that has replies leads the eye to who is answered. It ends with the
  // last of them.
  void show_thread_lines(int next_depth) {
    const int levels = std::min(entry_.depth, look_.indent_levels);
    for (int level = 0; level < levels; ++level) {
      const bool goes_on = next_depth > level;
      show_thread_line(level, 0, layout_.height - (goes_on ? 0 : look_.comment_gap));
    }
    const bool has_replies = next_depth > entry_.depth && entry_.depth < look_.indent_levels;
    const float top = look_.avatar + look_.gap / 2;
    if (has_replies) show_thread_line(entry_.depth, top, layout_.height - top);
  }

  void show_header() {
    show_avatar();
    const Comment& comment = entry_.comment;
    const float line = layout_.time.height;
    ui_.paragraphs({.first_id = id(Part::Author),
                    .last_id = id(Part::Author),
                    .parent = id(Part::Article),
                    .x = layout_.author.x,
                    .y = layout_.author.y,
                    .width = layout_.author.width,
                    .line_height = line,
                    .face = look_.author,
                    .colour = look_.palette.text,
                    .role = Role::Heading,
                    .level = kFirstLevel + entry_.depth},
                   layout_.author_lines);
    show_time(line);
    if (layout_.badge.width > 0) {
      ui_.fill(layout_.badge, look_.palette.hover, look_.radius);
      ui_.label({.id = id(Part::Badge),
                 .parent = id(Part::Article),
                 .x = layout_.badge.x + look_.gap / 2,
                 .y = layout_.badge.y,
                 .line_height = line,
                 .text = comment_badge(conversation_, layout_.index),
                 .face = look_.meta,
                 .colour = look_.palette.muted});
    }
    const bool can_collapse = comment.status != CommentStatus::Deleted || entry_.descendants > 0;
    if (!can_collapse) return;
    const std::string name =
        (entry_.is_collapsed ? "Show comment by " : "Hide comment by ") + std::string(author_);
    ui_.button({.id = id(Part::Collapse),
                .parent = id(Part::Article),
                .box = layout_.collapse,
                .drawn = layout_.collapse_drawn,
                .name = name,
                .icon = entry_.is_collapsed ? Icon::Unfold : Icon::Fold,
                .expanded = entry_.is_collapsed ? Tristate::No : Tristate::Yes});
  }

  void show_body() {
    const bool is_deleted = entry_.comment.status == CommentStatus::Deleted;
    ParagraphsSpec spec =
        body_paragraphs(look_, layout_.body, is_deleted ? look_.palette.muted : look_.palette.text);
    spec.first_id = id(Part::FirstParagraph);
    spec.last_id = id(Part::LastParagraph);
    spec.first_enclosure = id(Part::FirstEnclosure);
    spec.last_enclosure = id(Part::LastEnclosure);
    spec.parent = id(Part::Article);
    ui_.paragraphs(spec, *layout_.body_lines);
  }

  void show_actions() {
    show_votes();
    show_reactions();
    if (layout_.reply.width > 0) {
      const Draft* const draft = conversation_.find_draft(entry_.comment.id);
      const bool is_open = draft != nullptr && draft->is_open;
      button(Part::Reply, layout_.reply, kReply, "Reply to ", is_open);
    }
    if (layout_.spoiler.width > 0) {
      const bool is_shown = conversation_.shown_spoilers.contains(layout_.index);
      const std::string_view text = spoiler_button(conversation_, layout_.index);
      button(Part::Spoiler, layout_.spoiler, text, std::string(text) + " by ", is_shown);
    }
    show_more();
    if (!layout_.arrived_text.empty()) show_arrived();
  }

  void show_notice() {
    ui_.paragraphs({.first_id = id(Part::Notice),
                    .last_id = id(Part::Notice),
                    .parent = id(Part::Article),
                    .x = layout_.notice.x,
                    .y = layout_.notice.y,
                    .width = layout_.notice.width,
                    .line_height = look_.meta_line,
                    .face = look_.meta,
                    .colour = layout_.is_failure ? look_.palette.danger : look_.palette.muted,
                    .role = layout_.is_failure ? Role::Alert : Role::Status},
                   layout_.notice_lines);
  }

  void show_aside() {
    if (layout_.notice.height > 0) show_notice();
    const Aside* const aside = conversation_.find_aside(layout_.index);
    if (layout_.link.height > 0) {
      SemanticNode& link =
          ui_.say(id(Part::Link), id(Part::Article), Role::TextField, layout_.link);
      link.name = ui_.said().keep("Link to comment by " + std::string(author_));
      link.value = ui_.said().keep(aside->link);
      link.face = look_.body;
    }
    if (layout_.has_report)
      show_report(ui_, *aside->report, layout_.index, author_, layout_.report_form);
  }

 private:
  NodeId id(Part part) const { return comment_node(layout_.index, part); }

  void show_thread_line(int level, float top, float height) {
    const float x = look_.indent * static_cast<float>(level) + std::floor(look_.avatar / 2);
    ui_.fill({x, top, 1, height}, look_.palette.faint);
  }

  void show_avatar() {
    const Comment& comment = entry_.comment;
    if (comment.status == CommentStatus::Deleted) {
      ui_.disc(layout_.avatar, look_.palette.faint);
      return;
    }
    parlance::show_avatar(ui_, {.id = id(Part::Avatar),
                                .parent = id(Part::Article),
                                .box = layout_.avatar,
                                .author = author_,
                                .url = comment.avatar_url});
  }

  void show_time(float line) {
    const bool is_sending = conversation_.is_sending(layout_.index);
    const bool is_pointed = ui_.pointed().hovered == id(Part::Time);
    const std::string text = comment_time(conversation_, layout_.index, now_);
    SemanticNode& time = ui_.label({.id = id(Part::Time),
                                    .parent = id(Part::Article),
                                    .x = layout_.time.x,
                                    .y = layout_.time.y,
                                    .line_height = line,
                                    .text = text,
                                    .face = look_.meta,
                                    .colour = is_pointed ? look_.palette.text : look_.palette.muted,
                                    .role = is_sending ? Role::Text : Role::Time});
    if (is_sending) return;
    time.value = ui_.said().keep(std::to_string(entry_.comment.created));
    time.href = ui_.said().keep("#comment-" + entry_.comment.id);
    ui_.fill_faded({layout_.time.x, layout_.time.y + line - 3, layout_.time.width, 1},
                   look_.palette.muted, 0, ui_.share(id(Part::Time), Change::Hover));
    ui_.focus_ring(id(Part::Time), layout_.time);
  }

  // A button that opens something. Its name is `lead` and the author's.
  void button(Part part, const Box& box, std::string_view text, std::string lead, bool is_open) {
    const std::string name = std::move(lead) + std::string(author_);
    ui_.button({.id = id(part),
                .parent = id(Part::Article),
                .box = box,
                .text = text,
                .name = name,
                .expanded = is_open ? Tristate::Yes : Tristate::No});
  }

  void show_reactions() {
    const Comment& comment = entry_.comment;
    const ThreadInfo& info = conversation_.thread.info();
    for (const bool is_chosen : {true, false}) {
      for (std::size_t i = 0; i < layout_.reactions.size(); ++i) {
        if (layout_.reactions[i].width == 0) continue;
        const std::string& kind = info.reactions[i];
        if ((reaction_count(comment, kind) > 0) == is_chosen) show_reaction(i, kind);
      }
      if (!is_chosen || layout_.react.width == 0) continue;
      const Aside* const aside = conversation_.find_aside(layout_.index);
      const bool is_open = aside != nullptr && aside->shows_reactions;
      button(Part::React, layout_.react, kReact, "React to comment by ", is_open);
    }
  }

  void show_reaction(std::size_t i, const std::string& kind) {
    const std::string text = reaction_text(entry_.comment, kind);
    const std::string name = text + ", react to comment by " + std::string(author_);
    ui_.button({.id = id(static_cast<Part>(static_cast<NodeId>(Part::FirstReaction) + i)),
                .parent = id(Part::Article),
                .box = layout_.reactions[i],
                .text = text,
                .name = name,
                .style = ButtonStyle::Chip,
                .pressed = has_reacted(entry_.comment, kind) ? Tristate::Yes : Tristate::No,
                .is_disabled = conversation_.thread.info().is_closed || entry_.comment.is_own});
  }

  void show_more() {
    const Aside* const aside = conversation_.find_aside(layout_.index);
    const bool is_open = aside != nullptr && aside->shows_more;
    button(Part::More, layout_.more, kMore, "More about comment by ", is_open);
    if (!is_open) return;
    const std::string author(author_);
    const std::string copy = "Copy link to comment by " + author;
    ui_.button({.id = id(Part::CopyLink),
                .parent = id(Part::Article),
                .box = layout_.copy,
                .text = kCopyLink,
                .name = copy});
    if (layout_.report.width == 0) return;
    const std::string_view text = report_button(entry_.comment);
    if (entry_.comment.is_reported) {
      const std::string name = std::string(text) + " about comment by " + author;
      ui_.button({.id = id(Part::Report),
                  .parent = id(Part::Article),
                  .box = layout_.report,
                  .text = text,
                  .name = name});
    } else {
      button(Part::Report, layout_.report, text, "Report comment by ", aside->report.has_value());
    }
  }

  void show_arrived() {
    const auto count = static_cast<int>(conversation_.to_show(layout_.index).size());
    const std::string name = words::new_replies(count) + " to " + std::string(author_);
    ui_.button({.id = id(Part::NewReplies),
                .parent = id(Part::Article),
                .box = layout_.arrived,
                .text = layout_.arrived_text,
                .name = name,
                .style = ButtonStyle::Primary});
  }

  void show_votes() {
    const Comment& comment = entry_.comment;
    const Box& votes = layout_.votes;
    const float size = votes.height;
    SemanticNode& group = ui_.say(id(Part::VoteGroup), id(Part::Article), Role::Group, votes);
    const std::string score = std::to_string(comment.score());
    group.name = ui_.said().keep("Score " + score + ", " + std::to_string(comment.up) + " up, " +
                                 std::to_string(comment.down) + " down");
    vote_button(Part::UpVote, Icon::Up, Vote::Up, {votes.x, votes.y, size, size});
    const float width = ui_.text_width(score, look_.strong_control);
    ui_.label({.id = id(Part::Score),
               .parent = id(Part::VoteGroup),
               .x = votes.x + (votes.width - width) / 2,
               .y = votes.y,
               .line_height = size,
               .text = score,
               .face = look_.strong_control,
               .colour = comment.vote == Vote::None ? look_.palette.muted : look_.palette.accent})
        .is_said_elsewhere = true;
    vote_button(Part::DownVote, Icon::Down, Vote::Down,
                {votes.x + votes.width - size, votes.y, size, size});
  }

  void vote_button(Part part, Icon icon, Vote vote, const Box& box) {
    const bool is_closed = conversation_.thread.info().is_closed;
    const std::string name =
        (vote == Vote::Up ? "Upvote comment by " : "Downvote comment by ") + std::string(author_);
    ui_.button({.id = id(part),
                .parent = id(Part::VoteGroup),
                .box = box,
                .name = name,
                .icon = icon,
                .pressed = entry_.comment.vote == vote ? Tristate::Yes : Tristate::No,
                .is_disabled = is_closed || entry_.comment.is_own});
  }

  Ui& ui_;
  const Look& look_;
  const Conversation& conversation_;
  const CommentLayout& layout_;
  const Thread::Entry& entry_;
  std::string_view author_;
  UnixSeconds now_;
};

// How much of it is to be seen, below what has just been unfolded.
float share_below(const Ui& ui, const Thread& thread, CommentIndex index) {
  float share = 1;
  for (CommentIndex above = thread.entry(index).parent; above != kNoComment;
       above = thread.entry(above).parent) {
    share = std::min(share, ui.share(comment_node(above, Part::Article), Change::Appear));
  }
  return share;
}

void show_parts(Ui& ui, const Conversation& conversation, const CommentLayout& layout,
                const Box& box, int next_depth, UnixSeconds now) {
  CommentView view(ui, conversation, layout, now);
  view.show_ground(box);
  view.show_thread_lines(next_depth);
  view.show_header();
  if (conversation.thread.entry(layout.index).is_collapsed) return;
  const Ui::Fade fade(ui, ui.share(comment_node(layout.index, Part::Article), Change::Appear));
  view.show_body();
  if (has_actions(conversation, layout.index)) view.show_actions();
  view.show_aside();
  if (!layout.has_composer) return;
  const Box& text = layout.composer.text;
  show_composer(ui, composer_of(conversation, layout.index, text.x, text.y, text.width),
                layout.composer);
}

}  // namespace

void show_comment(Ui& ui, const Conversation& conversation, const CommentLayout& layout,
                  const CommentPlace& place, UnixSeconds now) {
  const Thread::Entry& entry = conversation.thread.entry(layout.index);
  const NodeId article = comment_node(layout.index, Part::Article);
  const Box box{0, 0, ui.look().width, layout.height};
  ui.set_stage({.top = place.top, .is_drawn = place.is_drawn});
  SemanticNode& node = ui.say(article, widget_node(Part::Feed), Role::Article, box);
  std::string name = (entry.comment.is_pinned ? "Pinned comment by " : "Comment by ") +
                     std::string(comment_author(entry.comment));
  if (entry.parent != kNoComment) {
    name = "Reply by " + std::string(comment_author(entry.comment)) + " to " +
           std::string(comment_author(conversation.thread.entry(entry.parent).comment));
  }
  node.name = ui.said().keep(name);
  node.level = entry.depth + 1;
  node.position = place.position;
  node.set_size = place.set_size;
  node.value = ui.said().keep(std::to_string(static_cast<int>(layout.avatar.x)));
  ui.set_stage({.top = place.top, .article = article, .is_drawn = place.is_drawn});

  // Marks can be piled as high as a stranger likes; they stay with their comment. Grounds and rings
  // reach a little beyond it.
  const float margin = ui.look().comment_gap / 2;
  ui.clip({box.x - margin, box.y - margin, box.width + 2 * margin, box.height + margin});
  {
    const Ui::Fade fade(ui, share_below(ui, conversation.thread, layout.index));
    show_parts(ui, conversation, layout, box, place.next_depth, now);
  }
  ui.unclip();
}

}  // namespace parlance
