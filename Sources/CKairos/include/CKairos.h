#pragma once
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#if defined(__SSE2__)
#include <emmintrin.h>
#endif

// Byte scanners that Swift cannot express as tightly. Every function is a pure function of its
// arguments and reads only [begin, end).

/// The first byte at or after `begin` that ends or interrupts a JSON string: a quote, a backslash,
/// or a control character below 0x20. Returns `end` when there is none.
static inline const uint8_t *kairos_json_string_stop(const uint8_t *begin, const uint8_t *end) {
  const uint8_t *at = begin;
#if defined(__SSE2__)
  const __m128i quote = _mm_set1_epi8('"');
  const __m128i slash = _mm_set1_epi8('\\');
  const __m128i limit = _mm_set1_epi8(0x1f);
  while (end - at >= 16) {
    __m128i block = _mm_loadu_si128((const __m128i *)at);
    __m128i control = _mm_cmpeq_epi8(_mm_max_epu8(block, limit), limit);
    __m128i hit = _mm_or_si128(_mm_or_si128(_mm_cmpeq_epi8(block, quote), _mm_cmpeq_epi8(block, slash)), control);
    int mask = _mm_movemask_epi8(hit);
    if (mask != 0) return at + __builtin_ctz((unsigned)mask);
    at += 16;
  }
#endif
  while (at < end && *at != '"' && *at != '\\' && *at >= 0x20) at++;
  return at;
}

/// The first place at or after `begin` where the `size` bytes of `needle` stand. Returns NULL when
/// there is none. Compares the needle's first and last byte in blocks, then the rest.
static inline const uint8_t *kairos_find(const uint8_t *begin, const uint8_t *end, const uint8_t *needle, size_t size) {
  if (size == 0 || (size_t)(end - begin) < size) return NULL;
  const uint8_t *at = begin;
  const uint8_t *last = end - size;
#if defined(__SSE2__)
  const __m128i first_byte = _mm_set1_epi8((char)needle[0]);
  const __m128i last_byte = _mm_set1_epi8((char)needle[size - 1]);
  while (last - at >= 15) {
    __m128i heads = _mm_loadu_si128((const __m128i *)at);
    __m128i tails = _mm_loadu_si128((const __m128i *)(at + size - 1));
    __m128i both = _mm_and_si128(_mm_cmpeq_epi8(heads, first_byte), _mm_cmpeq_epi8(tails, last_byte));
    unsigned mask = (unsigned)_mm_movemask_epi8(both);
    while (mask != 0) {
      const uint8_t *hit = at + __builtin_ctz(mask);
      if (memcmp(hit, needle, size) == 0) return hit;
      mask &= mask - 1;
    }
    at += 16;
  }
#endif
  for (; at <= last; at++) {
    if (*at == needle[0] && memcmp(at, needle, size) == 0) return at;
  }
  return NULL;
}
