// UTF-8 to and from the wide characters of libedit, and how wide they stand on the screen.
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <wchar.h>

// A new wide copy of UTF-8 text, for free(); malformed bytes become U+FFFD.
wchar_t *cle_widen(const char *text);
// Appends the UTF-8 of one character, at most four bytes; returns how many.
size_t cle_encode(wchar_t character, char *bytes);
// The bytes that cle_encode would write.
size_t cle_encoded_length(wchar_t character);
// Reads one character from UTF-8; returns how many bytes it took, at least one.
size_t cle_decode(const char *text, size_t length, wchar_t *character);

// A place on the screen, counted from the first column of the prompt's row.
typedef struct {
  int row;
  int column;
} cle_place;

// Advances a place over one character the way libedit lays text out. False where nobody can tell the width.
bool cle_advance(cle_place *place, wchar_t character, int columns);
