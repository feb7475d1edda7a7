// Reading keys, and the commands that make libedit an editor of statements instead of lines.
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "Editor.h"

// libedit has no call for its own commands: a command of ours that wants one pushes keys that nobody types.
#define KEY_NEWLINE L"\035\035n"
#define KEY_PREVIOUS L"\035\035p"
#define KEY_NEXT L"\035\035q"

static const wchar_t paste_end[] = L"\033[201~";

// ---- Reading ------------------------------------------------------------------------------------------------------

static void stop_process(cle_editor *editor) {
  cle_move_below(editor);
  cle_set_paste_mode(editor, false);
  el_set(editor->line, EL_PREP_TERM, 0);
  cle_catch_stop(false);
  raise(SIGTSTP);
  // Here the process continues, at a prompt whose screen somebody else has used.
  cle_catch_stop(true);
  el_set(editor->line, EL_PREP_TERM, 1);
  cle_set_paste_mode(editor, true);
  el_resize(editor->line);
  el_set(editor->line, EL_REFRESH);
}

static void follow_resize(cle_editor *editor) {
  cle_place cursor = {0, 0}, end = {0, 0};
  el_resize(editor->line);
  if (!cle_can_repaint(editor)) return;
  // The terminal has wrapped the old text anew; go to its first row by the new width and draw from there.
  if (cle_places(editor, &cursor, &end) && cursor.row > 0) fprintf(editor->output, "\033[%dA", cursor.row);
  fputs("\r\033[J", editor->output);
  fflush(editor->output);
  el_set(editor->line, EL_REFRESH);
}

// Waits until a byte can be read. False after Ctrl-C.
static bool wait_for_input(cle_editor *editor) {
  struct pollfd waiting[2] = {{.fd = fileno(editor->input), .events = POLLIN}, {.fd = -1, .events = POLLIN}};
  if (editor->channel != NULL) waiting[1].fd = editor->channel->reader;
  if (!editor->is_pasting && poll(waiting, 1, 0) == 0) editor->handlers.idle(editor->handlers.context);
  for (;;) {
    int count = poll(waiting, 2, -1);
    if (count < 0 && errno != EINTR) return true;  // read will say what is wrong
    if (count <= 0) continue;
    if (waiting[1].revents != 0) {
      switch (cle_channel_take(editor->channel)) {
        case CLE_EVENT_INTERRUPT:
          fputs("^C", editor->output);
          cle_move_below(editor);
          editor->was_interrupted = true;
          errno = EINTR;
          return false;
        case CLE_EVENT_RESIZE:
          follow_resize(editor);
          editor->handlers.idle(editor->handlers.context);
          break;
        case CLE_EVENT_STOP:
          stop_process(editor);
          editor->handlers.idle(editor->handlers.context);
          break;
        default: break;
      }
      continue;
    }
    if (waiting[0].revents != 0) return true;
  }
}

static ssize_t read_byte(int descriptor, char *byte) {
  ssize_t count;
  do {
    count = read(descriptor, byte, 1);
  } while (count < 0 && errno == EINTR);
  if (count < 0 && errno == EIO) return 0;  // the terminal is gone
  return count;
}

int cle_read_character(EditLine *line, wchar_t *character) {
  cle_editor *editor = cle_owner(line);
  if (editor->was_interrupted || !wait_for_input(editor)) {
    errno = EINTR;
    return -1;
  }
  char bytes[4];
  int descriptor = fileno(editor->input);
  ssize_t count = read_byte(descriptor, bytes);
  if (count <= 0) return (int)count;
  unsigned char first = (unsigned char)bytes[0];
  size_t length = (first >> 5) == 6 ? 2 : (first >> 4) == 14 ? 3 : (first >> 3) == 30 ? 4 : 1;
  for (size_t i = 1; i < length; i++) {
    if (read_byte(descriptor, bytes + i) <= 0) {
      length = i;
      break;
    }
  }
  cle_decode(bytes, length, character);
  return 1;
}

// ---- Commands -----------------------------------------------------------------------------------------------------

static unsigned char enter(EditLine *line, wint_t key) {
  (void)key;
  cle_editor *editor = cle_owner(line);
  if (editor->handlers.enter(editor->handlers.context)) {
    const LineInfoW *info = el_wline(line);
    el_cursor(line, (int)(info->lastchar - info->cursor));
    el_wpush(line, KEY_NEWLINE);
    return CC_REFRESH;
  }
  el_winsertstr(line, L"\n");
  return CC_REFRESH;
}

static unsigned char new_line(EditLine *line, wint_t key) {
  (void)key;
  el_winsertstr(line, L"\n");
  return CC_REFRESH;
}

static unsigned char complete(EditLine *line, wint_t key) {
  (void)key;
  cle_editor *editor = cle_owner(line);
  editor->handlers.tab(editor->handlers.context);
  return CC_REFRESH;
}

static unsigned char paste(EditLine *line, wint_t key) {
  (void)key;
  cle_editor *editor = cle_owner(line);
  size_t count = 0, capacity = 4096, marker = wcslen(paste_end);
  wchar_t *text = malloc(capacity * sizeof *text);
  if (text == NULL) return CC_ERROR;
  editor->is_pasting = true;
  bool is_whole = false;
  wchar_t character;
  while (el_wgetc(line, &character) == 1) {
    if (count + 2 > capacity) {
      wchar_t *larger = realloc(text, capacity * 2 * sizeof *text);
      if (larger == NULL) break;
      text = larger;
      capacity *= 2;
    }
    if (character == L'\n' && count > 0 && text[count - 1] == L'\r') continue;
    text[count++] = character;
    if (count >= marker && wmemcmp(text + count - marker, paste_end, marker) == 0) {
      count -= marker;
      is_whole = true;
      break;
    }
  }
  editor->is_pasting = false;
  size_t kept = 0;
  for (size_t i = 0; i < count; i++) {
    wchar_t each = text[i] == L'\r' ? L'\n' : text[i];
    if (each >= L' ' || each == L'\n' || each == L'\t') text[kept++] = each;
  }
  text[kept] = 0;
  if (kept > 0) el_winsertstr(line, text);
  free(text);
  return is_whole ? CC_REFRESH : CC_EOF;
}

// The start of the line of a text that `at` stands in.
static const wchar_t *line_start(const LineInfoW *info, const wchar_t *at) {
  while (at > info->buffer && at[-1] != L'\n') at -= 1;
  return at;
}

static const wchar_t *line_end(const LineInfoW *info, const wchar_t *at) {
  while (at < info->lastchar && *at != L'\n') at += 1;
  return at;
}

static unsigned char line_up(EditLine *line, wint_t key) {
  (void)key;
  const LineInfoW *info = el_wline(line);
  const wchar_t *start = line_start(info, info->cursor);
  if (start == info->buffer) {
    el_wpush(line, KEY_PREVIOUS);
    return CC_NORM;
  }
  ptrdiff_t column = info->cursor - start;
  const wchar_t *above = line_start(info, start - 1);
  ptrdiff_t room = start - 1 - above;
  const wchar_t *target = above + (column < room ? column : room);
  el_cursor(line, (int)(target - info->cursor));
  return CC_CURSOR;
}

static unsigned char line_down(EditLine *line, wint_t key) {
  (void)key;
  const LineInfoW *info = el_wline(line);
  const wchar_t *end = line_end(info, info->cursor);
  if (end == info->lastchar) {
    el_wpush(line, KEY_NEXT);
    return CC_NORM;
  }
  ptrdiff_t column = info->cursor - line_start(info, info->cursor);
  const wchar_t *below = end + 1;
  ptrdiff_t room = line_end(info, below) - below;
  const wchar_t *target = below + (column < room ? column : room);
  el_cursor(line, (int)(target - info->cursor));
  return CC_CURSOR;
}

static unsigned char to_line_start(EditLine *line, wint_t key) {
  (void)key;
  const LineInfoW *info = el_wline(line);
  el_cursor(line, (int)(line_start(info, info->cursor) - info->cursor));
  return CC_CURSOR;
}

static unsigned char to_line_end(EditLine *line, wint_t key) {
  (void)key;
  const LineInfoW *info = el_wline(line);
  el_cursor(line, (int)(line_end(info, info->cursor) - info->cursor));
  return CC_CURSOR;
}

// ---- Keys ---------------------------------------------------------------------------------------------------------

typedef struct {
  const wchar_t *keys;
  const wchar_t *command;
} binding;

// For emacs and vi alike.
static const binding bindings[] = {
  {KEY_NEWLINE, L"ed-newline"},
  {KEY_PREVIOUS, L"ed-prev-history"},
  {KEY_NEXT, L"ed-next-history"},
  {L"\r", L"statement-enter"},
  {L"\n", L"statement-enter"},
  {L"\t", L"statement-complete"},
  {L"^P", L"statement-line-up"},
  {L"^N", L"statement-line-down"},
};

// Keys that send an escape sequence. In vi's insert mode Escape itself ends the mode, at once, so none may begin with it.
static const binding escape_bindings[] = {
  {L"\033[A", L"statement-line-up"},
  {L"\033OA", L"statement-line-up"},
  {L"\033[B", L"statement-line-down"},
  {L"\033OB", L"statement-line-down"},
};

static const binding emacs_bindings[] = {
  {L"\033\r", L"statement-new-line"},
  {L"\033\n", L"statement-new-line"},
  {L"\033[200~", L"statement-paste"},
  {L"^A", L"statement-line-start"},
  {L"^E", L"statement-line-end"},
  {L"\033[H", L"statement-line-start"},
  {L"\033OH", L"statement-line-start"},
  {L"\033[1~", L"statement-line-start"},
  {L"\033[F", L"statement-line-end"},
  {L"\033OF", L"statement-line-end"},
  {L"\033[4~", L"statement-line-end"},
  {L"\033[3~", L"ed-delete-next-char"},
  {L"\033[1;5C", L"em-next-word"},
  {L"\033[1;5D", L"ed-prev-word"},
  {L"^R", L"em-inc-search-prev"},
  {L"^W", L"ed-delete-prev-word"},
};

void cle_bind_keys(cle_editor *editor) {
  EditLine *line = editor->line;
  el_wset(line, EL_ADDFN, L"statement-enter", L"Run a whole statement, or start a new line", enter);
  el_wset(line, EL_ADDFN, L"statement-new-line", L"Start a new line", new_line);
  el_wset(line, EL_ADDFN, L"statement-complete", L"Complete the word before the cursor", complete);
  el_wset(line, EL_ADDFN, L"statement-paste", L"Insert pasted text as it is", paste);
  el_wset(line, EL_ADDFN, L"statement-line-up", L"A line up, or the statement before", line_up);
  el_wset(line, EL_ADDFN, L"statement-line-down", L"A line down, or the statement after", line_down);
  el_wset(line, EL_ADDFN, L"statement-line-start", L"To the start of the line", to_line_start);
  el_wset(line, EL_ADDFN, L"statement-line-end", L"To the end of the line", to_line_end);

  const wchar_t *mode = NULL;
  bool is_vi = el_wget(line, EL_EDITOR, &mode) == 0 && mode != NULL && wcscmp(mode, L"vi") == 0;
  for (size_t i = 0; i < sizeof bindings / sizeof *bindings; i++) {
    el_wset(line, EL_BIND, bindings[i].keys, bindings[i].command, NULL);
    if (is_vi) el_wset(line, EL_BIND, L"-a", bindings[i].keys, bindings[i].command, NULL);
  }
  for (size_t i = 0; i < sizeof escape_bindings / sizeof *escape_bindings; i++) {
    const binding *each = &escape_bindings[i];
    if (is_vi)
      el_wset(line, EL_BIND, L"-a", each->keys, each->command, NULL);
    else
      el_wset(line, EL_BIND, each->keys, each->command, NULL);
  }
  // Without a key for it a terminal must not mark what is pasted.
  editor->has_paste_mode = !is_vi && cle_can_repaint(editor);
  if (is_vi) return;
  for (size_t i = 0; i < sizeof emacs_bindings / sizeof *emacs_bindings; i++)
    el_wset(line, EL_BIND, emacs_bindings[i].keys, emacs_bindings[i].command, NULL);
}
