#include "widget/views/avatar_view.h"

#include "widget/core/fnv.h"
#include "widget/views/comment_parts.h"

namespace parlance {
namespace {

// Discs keep their colour with their author; all of them are dark enough for white letters (4.5:1).
constexpr Rgba kDiscs[] = {0x8A4B08FF, 0x1F6F4AFF, 0x2E5AACFF, 0x7A3E9DFF,
                           0xA8324AFF, 0x3D6670FF, 0x6B5B12FF, 0x9A3D1BFF};

Rgba disc_colour(std::string_view author) { return kDiscs[fnv1a(author) % std::size(kDiscs)]; }

}  // namespace

void show_avatar(Ui& ui, const AvatarSpec& spec) {
  if (!spec.url.empty()) {
    ui.say(spec.id, spec.parent, Role::Image, spec.box).href = ui.said().keep(spec.url);
    return;
  }
  const Face& face = ui.look().initials;
  ui.disc(spec.box, disc_colour(spec.author));
  const std::string letters = initials(spec.author);
  const float width = ui.text_width(letters, face);
  ui.text(spec.box.x + (spec.box.width - width) / 2, spec.box.y, spec.box.height, letters, face,
          0xFFFFFFFF);
}

}  // namespace parlance
