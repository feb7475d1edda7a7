// What stands on the screen around libedit's own drawing: its model has no colours, so text painted over what it drew
// leaves that model true as long as every character keeps its place.
#include <stdlib.h>
#include <string.h>

#include "Editor.h"

static cle_place prompt_end(cle_editor *editor, int columns) {
  cle_place place = {0, 0};
  bool is_literal = false;
  for (const wchar_t *at = editor->prompt; at != NULL && *at != 0; at++) {
    if (*at == L'\1')
      is_literal = !is_literal;
    else if (!is_literal)
      cle_advance(&place, *at, columns);
  }
  return place;
}

int cle_columns(cle_editor *editor) {
  int columns = 0, rows = 0;
  return cle_terminal_size(fileno(editor->output), &columns, &rows) ? columns : 80;
}

bool cle_places(cle_editor *editor, cle_place *cursor, cle_place *end) {
  int columns = cle_columns(editor);
  const LineInfoW *info = el_wline(editor->line);
  cle_place place = prompt_end(editor, columns);
  *cursor = place;
  for (const wchar_t *at = info->buffer; at < info->lastchar; at++) {
    if (at == info->cursor) *cursor = place;
    if (!cle_advance(&place, *at, columns)) return false;
  }
  if (info->cursor >= info->lastchar) *cursor = place;
  *end = place;
  return true;
}

void cle_move_below(cle_editor *editor) {
  cle_place cursor = {0, 0}, end = {0, 0};
  if (cle_can_repaint(editor) && cle_places(editor, &cursor, &end))
    for (int row = cursor.row; row < end.row; row++) fputs("\n", editor->output);
  fputs("\n", editor->output);
  fflush(editor->output);
}

void cle_set_paste_mode(cle_editor *editor, bool is_on) {
  if (!editor->has_paste_mode) return;
  fputs(is_on ? "\033[?2004h" : "\033[?2004l", editor->output);
  fflush(editor->output);
}

void cle_print_below(cle_editor *editor, const char *text) {
  cle_move_below(editor);
  fputs(text, editor->output);
  fflush(editor->output);
  el_set(editor->line, EL_REFRESH);
}

// Writes `painted` from the place where the text starts, breaking rows where libedit breaks them.
static void write_painted(cle_editor *editor, const char *painted, cle_place place, int columns) {
  size_t length = strlen(painted);
  for (size_t at = 0; at < length;) {
    if (painted[at] == '\033') {
      size_t end = at;
      while (end < length && painted[end] != 'm') end += 1;
      fwrite(painted + at, 1, end < length ? end - at + 1 : end - at, editor->output);
      at = end + 1;
      continue;
    }
    wchar_t character;
    size_t count = cle_decode(painted + at, length - at, &character);
    cle_place before = place;
    cle_advance(&place, character, columns);
    if (character == L'\n') {
      fputs("\r\n", editor->output);
    } else if (character == L'\t') {
      int width = place.row > before.row ? columns - before.column : place.column - before.column;
      fprintf(editor->output, "%*s", width, "");
      if (place.row > before.row) fputs("\r\n", editor->output);
    } else {
      if (place.row > before.row && place.column > 0) fputs("\r\n", editor->output);
      fwrite(painted + at, 1, count, editor->output);
      if (place.row > before.row && place.column == 0 && at + count < length) fputs("\r\n", editor->output);
    }
    at += count;
  }
}

void cle_repaint(cle_editor *editor, const char *painted) {
  cle_place cursor, end;
  int columns = 0, rows = 0;
  if (!cle_terminal_size(fileno(editor->output), &columns, &rows)) return;
  if (!cle_places(editor, &cursor, &end) || end.row >= rows) return;
  cle_place start = prompt_end(editor, columns);
  fputs("\0337\033[?25l", editor->output);
  if (cursor.row > start.row) fprintf(editor->output, "\033[%dA", cursor.row - start.row);
  fputs("\r", editor->output);
  if (start.column > 0) fprintf(editor->output, "\033[%dC", start.column);
  write_painted(editor, painted, start, columns);
  fputs("\033[0m\033[?25h\0338", editor->output);
  fflush(editor->output);
}
