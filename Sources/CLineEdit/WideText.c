// wcwidth is an X/Open extension of wchar.h.
#define _GNU_SOURCE 1

#include "WideText.h"

#include <stdlib.h>
#include <string.h>

size_t cle_decode(const char *text, size_t length, wchar_t *character) {
  const unsigned char *bytes = (const unsigned char *)text;
  unsigned first = bytes[0];
  size_t count = first < 0x80 ? 1 : (first >> 5) == 6 ? 2 : (first >> 4) == 14 ? 3 : (first >> 3) == 30 ? 4 : 0;
  if (count == 1) {
    *character = (wchar_t)first;
    return 1;
  }
  *character = 0xFFFD;
  if (count == 0 || count > length) return 1;
  unsigned value = first & (0x7F >> count);
  for (size_t i = 1; i < count; i++) {
    if ((bytes[i] & 0xC0) != 0x80) return i;
    value = value << 6 | (bytes[i] & 0x3F);
  }
  static const unsigned least[] = {0, 0, 0x80, 0x800, 0x10000};
  if (value >= least[count] && value <= 0x10FFFF && (value < 0xD800 || value > 0xDFFF)) *character = (wchar_t)value;
  return count;
}

size_t cle_encoded_length(wchar_t character) {
  unsigned value = (unsigned)character;
  return value < 0x80 ? 1 : value < 0x800 ? 2 : value < 0x10000 ? 3 : 4;
}

size_t cle_encode(wchar_t character, char *bytes) {
  unsigned value = (unsigned)character;
  size_t count = cle_encoded_length(character);
  if (count == 1) {
    bytes[0] = (char)value;
    return 1;
  }
  for (size_t i = count - 1; i > 0; i--) {
    bytes[i] = (char)(0x80 | (value & 0x3F));
    value >>= 6;
  }
  bytes[0] = (char)((0xF00 >> count & 0xFF) | value);
  return count;
}

wchar_t *cle_widen(const char *text) {
  size_t length = strlen(text);
  wchar_t *wide = malloc((length + 1) * sizeof *wide);
  if (wide == NULL) return NULL;
  size_t count = 0;
  for (size_t at = 0; at < length;) at += cle_decode(text + at, length - at, &wide[count++]);
  wide[count] = 0;
  return wide;
}

bool cle_advance(cle_place *place, wchar_t character, int columns) {
  if (character == L'\n') {
    place->row += 1;
    place->column = 0;
    return true;
  }
  if (character == L'\t') {
    do {
      place->column += 1;
      if (place->column >= columns) {
        place->row += 1;
        place->column = 0;
        break;
      }
    } while (place->column % 8 != 0);
    return true;
  }
  int width = wcwidth(character);
  if (width <= 0) return false;
  if (place->column + width > columns) {
    place->row += 1;
    place->column = 0;
  }
  place->column += width;
  if (place->column >= columns) {
    place->row += 1;
    place->column = 0;
  }
  return true;
}
