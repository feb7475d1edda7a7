// Shared by the files of this target only.
#pragma once

#include "CLineEdit.h"

struct cle_channel {
  int reader;
  int writer;
};

// The next event without waiting, or CLE_EVENT_NONE.
int cle_channel_take(cle_channel *channel);
// Whether the signals of the process go to this channel.
bool cle_channel_is_routed(cle_channel *channel);
// Whether Ctrl-Z becomes an event, or stops the process as usual.
void cle_catch_stop(bool catches);
