#include "Editor.h"

#include <errno.h>
#include <langinfo.h>
#include <locale.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { history_size = 10000 };

// libedit converts with the C library's locale and drops what does not fit; Swift programs start in the "C" locale.
static void prepare_locale(void) {
  static const char *const candidates[] = {"", "C.UTF-8", "en_US.UTF-8"};
  for (size_t i = 0; i < sizeof candidates / sizeof *candidates; i++)
    if (setlocale(LC_CTYPE, candidates[i]) != NULL && strcmp(nl_langinfo(CODESET), "UTF-8") == 0) return;
}

static FILE *open_duplicate(int descriptor, const char *mode) {
  int copy = dup(descriptor);
  if (copy < 0) return NULL;
  FILE *file = fdopen(copy, mode);
  if (file == NULL) close(copy);
  return file;
}

cle_editor *cle_owner(EditLine *line) {
  void *editor = NULL;
  el_wget(line, EL_CLIENTDATA, &editor);
  return editor;
}

static wchar_t *prompt_of(EditLine *line) {
  static wchar_t none[] = L"";
  cle_editor *editor = cle_owner(line);
  return editor->prompt != NULL ? editor->prompt : none;
}

cle_editor *cle_open(
  const char *program, const char *terminal, int input, int output, cle_channel *channel, cle_handlers handlers) {
  prepare_locale();
  cle_editor *editor = calloc(1, sizeof *editor);
  if (editor == NULL) return NULL;
  editor->channel = channel;
  editor->handlers = handlers;
  editor->input = open_duplicate(input, "r");
  editor->output = open_duplicate(output, "w");
  // libedit's own complaints, such as an unknown TERM, are nothing a user of this program can act on.
  editor->errors = fopen("/dev/null", "w");
  editor->history = history_winit();
  if (editor->input != NULL && editor->output != NULL && editor->errors != NULL && editor->history != NULL)
    editor->line = el_init_fd(
      program, editor->input, editor->output, editor->errors, fileno(editor->input), fileno(editor->output),
      fileno(editor->errors));
  if (editor->line == NULL) {
    cle_close(editor);
    return NULL;
  }
  EditLine *line = editor->line;
  HistEventW event;
  history_w(editor->history, &event, H_SETSIZE, history_size);
  history_w(editor->history, &event, H_SETUNIQUE, 1);
  el_wset(line, EL_CLIENTDATA, editor);
  if (terminal != NULL) el_set(line, EL_TERMINAL, terminal);
  el_wset(line, EL_EDITOR, L"emacs");
  el_wset(line, EL_SIGNAL, 0);
  el_wset(line, EL_HIST, history_w, editor->history);
  el_wset(line, EL_PROMPT_ESC, prompt_of, L'\1');
  el_wset(line, EL_GETCFN, cle_read_character);
  cle_bind_keys(editor);
  return editor;
}

void cle_close(cle_editor *editor) {
  if (editor == NULL) return;
  if (editor->line != NULL) el_end(editor->line);
  if (editor->history != NULL) history_wend(editor->history);
  if (editor->input != NULL) fclose(editor->input);
  if (editor->output != NULL) fclose(editor->output);
  if (editor->errors != NULL) fclose(editor->errors);
  free(editor->prompt);
  free(editor->text);
  free(editor);
}

void cle_source(cle_editor *editor) {
  el_source(editor->line, NULL);
  const wchar_t *mode = NULL;
  // "bind -v" in the user's file empties the key maps: what makes this an editor of statements must come back.
  if (el_wget(editor->line, EL_EDITOR, &mode) == 0 && mode != NULL && wcscmp(mode, L"vi") == 0) cle_bind_keys(editor);
}

bool cle_can_repaint(cle_editor *editor) {
  char up[] = "up";
  char *sequence = NULL;
  return el_get(editor->line, EL_GETTC, up, &sequence) == 0 && sequence != NULL && *sequence != 0;
}

int cle_read(cle_editor *editor, const char *prompt) {
  free(editor->prompt);
  editor->prompt = cle_widen(prompt);
  editor->was_interrupted = false;
  while (editor->channel != NULL && cle_channel_take(editor->channel) != CLE_EVENT_NONE) {
    // Events of the time before this read: a Ctrl-C that came as a query ended is not meant for the new line.
  }
  el_resize(editor->line);
  bool catches_stop = cle_channel_is_routed(editor->channel);
  if (catches_stop) cle_catch_stop(true);
  cle_set_paste_mode(editor, true);
  // libedit changes the terminal's mode only after it has shown the prompt; keys that come between are lost or echoed.
  el_set(editor->line, EL_PREP_TERM, 1);
  int count = 0;
  errno = 0;
  const wchar_t *line = el_wgets(editor->line, &count);
  int failure = errno;
  cle_set_paste_mode(editor, false);
  if (catches_stop) cle_catch_stop(false);
  if (editor->was_interrupted) return CLE_READ_INTERRUPTED;
  if (line == NULL) {
    errno = failure;
    return count < 0 && failure != 0 ? CLE_READ_FAILED : CLE_READ_END;
  }

  if (count > 0 && line[count - 1] == L'\n') count -= 1;
  free(editor->text);
  editor->text = malloc((size_t)count * 4 + 1);
  if (editor->text == NULL) return CLE_READ_FAILED;
  size_t length = 0;
  for (int i = 0; i < count; i++) length += cle_encode(line[i], editor->text + length);
  editor->text[length] = 0;
  return CLE_READ_TEXT;
}

const char *cle_entered_text(cle_editor *editor) { return editor->text != NULL ? editor->text : ""; }

const char *cle_edited_text(cle_editor *editor) {
  const LineInfoW *info = el_wline(editor->line);
  size_t count = (size_t)(info->lastchar - info->buffer);
  free(editor->text);
  editor->text = malloc(count * 4 + 1);
  if (editor->text == NULL) return "";
  size_t length = 0;
  for (size_t i = 0; i < count; i++) length += cle_encode(info->buffer[i], editor->text + length);
  editor->text[length] = 0;
  return editor->text;
}

size_t cle_cursor(cle_editor *editor) {
  const LineInfoW *info = el_wline(editor->line);
  size_t length = 0;
  for (const wchar_t *at = info->buffer; at < info->cursor; at++) length += cle_encoded_length(*at);
  return length;
}

void cle_insert(cle_editor *editor, const char *text) {
  wchar_t *wide = cle_widen(text);
  if (wide != NULL && *wide != 0) el_winsertstr(editor->line, wide);
  free(wide);
}

void cle_delete_before(cle_editor *editor, int characters) {
  if (characters > 0) el_wdeletestr(editor->line, characters);
}

void cle_beep(cle_editor *editor) { el_beep(editor->line); }

void cle_history_add(cle_editor *editor, const char *text) {
  wchar_t *wide = cle_widen(text);
  HistEventW event;
  if (wide != NULL && *wide != 0) history_w(editor->history, &event, H_ENTER, wide);
  free(wide);
}
