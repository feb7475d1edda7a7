// What Swift cannot call by itself: libedit's variadic functions, signal handlers, threads with a chosen stack.
//
// The editor is libedit's own interface (histedit.h), never its readline emulation, whose state is global. Every function
// takes UTF-8 and counts in UTF-8 bytes; wide characters stay inside.
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

// ---- Events -------------------------------------------------------------------------------------------------------

// A channel that signal handlers and threads write to and one thread reads from.
typedef struct cle_channel cle_channel;

// What a channel carries.
enum {
  CLE_EVENT_NONE = 0,
  CLE_EVENT_INTERRUPT = 'i',  // Ctrl-C
  CLE_EVENT_RESIZE = 'w',     // the window changed its size
  CLE_EVENT_STOP = 't',       // Ctrl-Z
  CLE_EVENT_DONE = 'd',       // posted by a thread that finished its work
};

// Opens a channel; NULL when the system has no descriptors left.
cle_channel *cle_channel_open(void);
// Closes it; no signal may be routed to it any more.
void cle_channel_close(cle_channel *channel);
// Posts an event. Safe from any thread and from a signal handler.
void cle_channel_post(cle_channel *channel, int event);
// Waits for the next event. A negative timeout waits forever; CLE_EVENT_NONE when the time is over.
int cle_channel_wait(cle_channel *channel, int timeout_milliseconds);

// Sends SIGINT and SIGWINCH of this process to a channel. NULL gives them back their default meaning.
void cle_signals_route(cle_channel *channel);

// ---- Threads and terminals ----------------------------------------------------------------------------------------

// Runs `body(context)` on a new thread with a stack of the given size and does not wait. Returns 0, or an errno.
int cle_thread_start(void (*body)(void *), void *context, size_t stack_size);

// The size of the terminal behind a descriptor; false when there is none or it does not know.
bool cle_terminal_size(int descriptor, int *columns, int *rows);

// ---- The editor ---------------------------------------------------------------------------------------------------

typedef struct cle_editor cle_editor;

// What the editor asks its owner, always on the thread that is inside cle_read.
typedef struct {
  void *context;
  // Enter was pressed: true runs the text, false starts a new line in it.
  bool (*enter)(void *context);
  // Tab was pressed.
  void (*tab)(void *context);
  // Nothing is waiting to be read: a good moment to repaint the text in colours.
  void (*idle)(void *context);
} cle_handlers;

// How a read ended.
enum {
  CLE_READ_TEXT,         // cle_entered_text has it
  CLE_READ_END,          // Ctrl-D on an empty line, or the end of input
  CLE_READ_INTERRUPTED,  // Ctrl-C: the text is gone
  CLE_READ_FAILED,       // errno says why
};

// Opens an editor on descriptors, which stay the caller's. `terminal` is the terminal's type, NULL for that of $TERM;
// `channel` interrupts reads and may be NULL.
cle_editor *cle_open(
  const char *program, const char *terminal, int input, int output, cle_channel *channel, cle_handlers handlers);
// Closes it and frees everything it gave out.
void cle_close(cle_editor *editor);

// Reads the user's ~/.editrc (or $EDITRC), so that emacs or vi keys are theirs to choose.
void cle_source(cle_editor *editor);
// Whether the terminal can move its cursor; without that nothing may be repainted.
bool cle_can_repaint(cle_editor *editor);
// Columns of the terminal as the editor sees it.
int cle_columns(cle_editor *editor);

// Reads one text, which may have several lines. The prompt may hold escape sequences between \1 characters.
int cle_read(cle_editor *editor, const char *prompt);
// What cle_read read; valid until the next call with this editor.
const char *cle_entered_text(cle_editor *editor);
// The text as it stands while a handler runs; valid until the next call with this editor.
const char *cle_edited_text(cle_editor *editor);
// Where the cursor is, as an offset into the UTF-8 of cle_edited_text.
size_t cle_cursor(cle_editor *editor);
// Inserts text at the cursor.
void cle_insert(cle_editor *editor, const char *text);
// Deletes so many characters before the cursor.
void cle_delete_before(cle_editor *editor, int characters);
// Beeps.
void cle_beep(cle_editor *editor);
// Prints text below everything that was entered, and the prompt and the text again below that.
void cle_print_below(cle_editor *editor, const char *text);
// Paints the text anew from `painted`, which is the text with escape sequences. Does nothing where that could go wrong:
// a text higher than the screen, or characters of unclear width.
void cle_repaint(cle_editor *editor, const char *painted);

// Adds a text to what the arrow keys and Ctrl-R recall.
void cle_history_add(cle_editor *editor, const char *text);

#ifdef __cplusplus
}
#endif
