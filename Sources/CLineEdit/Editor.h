// The editor's own fields, shared by the files of this target.
#pragma once

#include <histedit.h>
#include <stdio.h>

#include "Channel.h"
#include "WideText.h"

struct cle_editor {
  EditLine *line;
  HistoryW *history;
  FILE *input;
  FILE *output;
  FILE *errors;
  cle_channel *channel;
  cle_handlers handlers;
  wchar_t *prompt;
  char *text;
  bool was_interrupted;
  bool is_pasting;
  bool has_paste_mode;
};

// The editor behind libedit's handle.
cle_editor *cle_owner(EditLine *line);
// Reads one character for libedit; see el_rfunc_t.
int cle_read_character(EditLine *line, wchar_t *character);
// Adds our commands and binds the keys.
void cle_bind_keys(cle_editor *editor);
// Where the cursor and the end of the text are on the screen; false where widths are unclear.
bool cle_places(cle_editor *editor, cle_place *cursor, cle_place *end);
// Moves the terminal's cursor to the start of the row below everything that was entered.
void cle_move_below(cle_editor *editor);
// Turns the terminal's bracketed paste on or off.
void cle_set_paste_mode(cle_editor *editor, bool is_on);
