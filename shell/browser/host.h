// What the page's side of the shell (wasm-module.ts) does for this side, by way of library.js. Only
// numbers and UTF-8 cross.
//
// `host` is the number that the page gave the instance when it made it.
#pragma once

#include <cstddef>
#include <cstdint>

extern "C" {

// Effects; widget/effects.h says what they mean.
void parlance_host_http_request(int host, std::uint32_t request, int method, const char* path,
                                std::size_t path_size, const char* body, std::size_t body_size,
                                const char* token, std::size_t token_size,
                                const char* idempotency_key, std::size_t idempotency_key_size);
void parlance_host_save(int host, const char* key, std::size_t key_size, const char* value,
                        std::size_t value_size);
void parlance_host_focus_node(int host, std::uint32_t node);
void parlance_host_scroll_to(int host, double top, double bottom);
void parlance_host_announce(int host, const char* text, std::size_t size, int is_assertive);
void parlance_host_open_stream(int host, const char* path, std::size_t path_size, const char* after,
                               std::size_t after_size);
void parlance_host_forget_words(int host, std::uint32_t article);
void parlance_host_copy_link(int host, std::uint32_t article, const char* fragment,
                             std::size_t size);

// Text. `font` is a number of the caller's choice.
void parlance_host_text_font(int host, int font, const char* css, std::size_t css_size);

// Writes the advance widths of `count` runs, which line feeds part.
void parlance_host_text_measure_runs(int host, int font, const char* runs, std::size_t size,
                                     float* widths, std::size_t count);

// Sets a line by the page's own layout. A part is the UTF-16 code unit that it ends before and its
// font; writes two numbers for each: from the line's left end, and width.
void parlance_host_text_place(int host, int is_right_to_left, const char* line, std::size_t size,
                              const std::uint32_t* parts, float* places, std::size_t count);

// Writes 1 to where words begin in the text; 0: the browser has no dictionaries.
int parlance_host_text_find_words(int host, const char* text, std::size_t size,
                                  std::uint8_t* starts);

// Writes seven numbers: advance, ink to the left of the pen, to its right, above the baseline,
// below it, the font's ascent, the font's descent; all positive in their direction. The text is
// kept for parlance_host_text_draw.
void parlance_host_text_measure(int host, int font, int is_right_to_left, const char* text,
                                std::size_t size, float* measures);

// Draws the text that was measured last on the staging canvas, the pen at `pen_x`, `pen_y`, nothing
// outside the rectangle.
void parlance_host_text_draw(int host, std::uint32_t colour, double pen_x, double pen_y, int x,
                             int y, int width, int height);

// The staging canvas has this size, and is empty. 0 by 0 gives its memory back.
void parlance_host_staging_resize(int host, int width, int height);

// Copies a rectangle of the staging canvas to the same x and to `y` in the bound texture.
void parlance_host_staging_upload(int host, int x, int y, int width, int height, int staging_y);

// Empties the top of the staging canvas.
void parlance_host_staging_clear(int host, int width, int height);

// The WebGL2 context of the instance's canvas.
int parlance_host_context_register(int host);
void parlance_host_context_make_current(int context);
void parlance_host_context_forget(int context);
}
