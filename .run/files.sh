# The project's own files, as git sees them: tracked, or new and not ignored; none that is deleted.
# shellcheck shell=bash

# own_files <pattern…>: null-separated, relative to the root.
own_files() {
  local file
  git -C "$ROOT" ls-files -z --cached --others --exclude-standard --deduplicate -- "$@" |
    while IFS= read -r -d '' file; do
      [ ! -f "$ROOT/$file" ] || printf '%s\0' "$file"
    done
}
cpp_files() { own_files '*.cpp' '*.h'; }
web_files() { own_files '*.ts' '*.mjs' '*.js' '*.css' '*.html' '*.json' ':!package-lock.json'; }
