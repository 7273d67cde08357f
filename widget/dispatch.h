// What an activation means: from the id of a node to a call of the controller.
#pragma once

#include "widget/control/controller.h"
#include "widget/events.h"

namespace parlance {

// Appends a FocusNode to `effects` where the focus has to go somewhere else.
void dispatch(const SemanticAction& action, Controller& controller, Effects& effects);

// The order of a sort control's node; nothing for other nodes.
std::optional<SortOrder> chosen_sort(NodeId node);

}  // namespace parlance
