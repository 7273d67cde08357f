// A writer's picture, or a disc with their initials where they have none.
#pragma once

#include <string_view>

#include "widget/views/ui.h"

namespace parlance {

struct AvatarSpec {
  NodeId id = 0;
  NodeId parent = 0;
  Box box;
  std::string_view author;
  std::string_view url;  // Of the picture; empty for the disc.
};

void show_avatar(Ui& ui, const AvatarSpec& spec);

}  // namespace parlance
