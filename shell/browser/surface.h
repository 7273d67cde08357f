// What an instance draws on while its host's canvas has a context. Its only kind, CanvasSurface,
// comes with the part of the module that is loaded after the first comment has been read.
#pragma once

#include "shell/browser/frame_io.h"

namespace parlance {

class Canvas;

class Surface {
 public:
  // Lets go of everything in the context, which may be lost.
  virtual ~Surface() = default;

  // The canvas for a frame of this size. Valid until end_frame().
  virtual Canvas& begin_frame(const FrameInput& input) = 0;

  // Brings what has been painted to the screen, and tells what `output` says of it.
  virtual void end_frame(const FrameInput& input, FrameOutput& output) = 0;

  // Every line that was drawn so far is void: fonts have changed.
  virtual void forget_strips() = 0;
};

}  // namespace parlance
