// Carries out what the widget asks for, by way of the page's side of the shell.
#pragma once

#include "widget/effects.h"

namespace parlance {

// `host` as in host.h.
void run_effects(int host, const Effects& effects);

}  // namespace parlance
