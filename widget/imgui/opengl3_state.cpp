// What the OpenGL backend is told when it asks OpenGL about itself.
//
// It keeps the state of the program around it and puts it back after drawing. Here nobody else
// draws, and in a browser each such question waits for everything drawn so far: 50 ms a frame with
// software WebGL. So it is told, without asking, what any context that WebGL2 makes is like.
// CMakeLists.txt gives the functions these names in the backend.
#include <GLES3/gl3.h>

extern "C" {

void parlance_gl_get_integer(GLenum name, GLint* value) {
  switch (name) {
    case GL_MAJOR_VERSION:
      *value = 3;
      return;
    case GL_MAX_TEXTURE_SIZE:
      *value = 2048;
      return;
    case GL_ACTIVE_TEXTURE:
      *value = GL_TEXTURE0;
      return;
    case GL_BLEND_EQUATION_RGB:
    case GL_BLEND_EQUATION_ALPHA:
      *value = GL_FUNC_ADD;
      return;
    case GL_VIEWPORT:
    case GL_SCISSOR_BOX:
      for (int at = 0; at < 4; ++at) value[at] = 0;
      return;
    default:
      *value = 0;
      return;
  }
}

GLboolean parlance_gl_is_enabled(GLenum) { return GL_FALSE; }

const GLubyte* parlance_gl_get_string(GLenum) { return reinterpret_cast<const GLubyte*>(""); }

// A shader that does not compile shows: nothing is drawn. The backend would only write it to a
// console.
void parlance_gl_get_shader(GLuint, GLenum, GLint* value) { *value = GL_TRUE; }
void parlance_gl_get_program(GLuint, GLenum, GLint* value) { *value = GL_TRUE; }

}  // extern "C"
