// Signals become bytes in a pipe: a handler may do little more than write(2), and a pipe can be polled together with the
// terminal, so no signal is lost between a check and a read, whichever thread it lands on.
#include "CLineEdit.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "Channel.h"

cle_channel *cle_channel_open(void) {
  cle_channel *channel = malloc(sizeof *channel);
  int ends[2];
  if (channel == NULL) return NULL;
  if (pipe(ends) != 0) {
    free(channel);
    return NULL;
  }
  for (int i = 0; i < 2; i++) {
    fcntl(ends[i], F_SETFD, FD_CLOEXEC);
    fcntl(ends[i], F_SETFL, O_NONBLOCK);
  }
  channel->reader = ends[0];
  channel->writer = ends[1];
  return channel;
}

void cle_channel_close(cle_channel *channel) {
  if (channel == NULL) return;
  close(channel->reader);
  close(channel->writer);
  free(channel);
}

void cle_channel_post(cle_channel *channel, int event) {
  int saved = errno;
  char byte = (char)event;
  ssize_t written;
  do {
    written = write(channel->writer, &byte, 1);
  } while (written < 0 && errno == EINTR);
  errno = saved;
}

int cle_channel_take(cle_channel *channel) {
  char byte;
  ssize_t count;
  do {
    count = read(channel->reader, &byte, 1);
  } while (count < 0 && errno == EINTR);
  return count == 1 ? byte : CLE_EVENT_NONE;
}

int cle_channel_wait(cle_channel *channel, int timeout_milliseconds) {
  for (;;) {
    struct pollfd waiting = {.fd = channel->reader, .events = POLLIN};
    int count = poll(&waiting, 1, timeout_milliseconds);
    if (count == 0) return CLE_EVENT_NONE;
    if (count < 0 && errno != EINTR) return CLE_EVENT_NONE;
    int event = cle_channel_take(channel);
    if (event != CLE_EVENT_NONE) return event;
  }
}

static volatile sig_atomic_t routed_writer = -1;
static cle_channel *volatile routed_channel = NULL;

static void handle_signal(int number) {
  int saved = errno;
  char event = CLE_EVENT_NONE;
  switch (number) {
    case SIGINT: event = CLE_EVENT_INTERRUPT; break;
    case SIGWINCH: event = CLE_EVENT_RESIZE; break;
    case SIGTSTP: event = CLE_EVENT_STOP; break;
    default: break;
  }
  int writer = routed_writer;
  if (writer >= 0 && event != CLE_EVENT_NONE) {
    ssize_t ignored = write(writer, &event, 1);
    (void)ignored;
  }
  errno = saved;
}

static void set_handler(int number, void (*handler)(int)) {
  struct sigaction action;
  memset(&action, 0, sizeof action);
  action.sa_handler = handler;
  sigemptyset(&action.sa_mask);
  sigaction(number, &action, NULL);  // no SA_RESTART: a blocked read must return
}

void cle_signals_route(cle_channel *channel) {
  if (channel == NULL) {
    set_handler(SIGINT, SIG_DFL);
    set_handler(SIGWINCH, SIG_DFL);
    routed_writer = -1;
    routed_channel = NULL;
    return;
  }
  routed_channel = channel;
  routed_writer = channel->writer;
  set_handler(SIGINT, handle_signal);
  set_handler(SIGWINCH, handle_signal);
  // Who starts programs from a worker thread may hand them a mask that blocks everything; Ctrl-C must arrive all the same.
  sigset_t routed;
  sigemptyset(&routed);
  sigaddset(&routed, SIGINT);
  sigaddset(&routed, SIGWINCH);
  sigprocmask(SIG_UNBLOCK, &routed, NULL);
}

bool cle_channel_is_routed(cle_channel *channel) { return channel != NULL && channel == routed_channel; }

void cle_catch_stop(bool catches) { set_handler(SIGTSTP, catches ? handle_signal : SIG_DFL); }
