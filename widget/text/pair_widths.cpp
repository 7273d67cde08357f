#include "widget/text/pair_widths.h"

#include "widget/text/characters.h"

namespace parlance {
namespace {

constexpr std::size_t kFirstSize = 1 << 10;
// Numbers are below 2^11: letters up to U+052F, then dashes, quotation marks and the like.
constexpr char32_t kLetterEnd = 0x530;
constexpr char32_t kFirstMark = 0x2012;
constexpr char32_t kLastMark = 0x2026;
constexpr int kLetterBits = 11;

}  // namespace

std::uint32_t letter_number(char32_t point) {
  if (point >= 0x20 && point < 0x7F) return point;
  if (point >= kFirstMark && point <= kLastMark) return kLetterEnd + (point - kFirstMark);
  constexpr char32_t kSoftHyphen = 0xAD;
  const bool is_letter = point > 0xA0 && point < kLetterEnd && point != kSoftHyphen;
  return is_letter && !extends_cluster(point) ? point : 0;
}

PairWidths::Slot& PairWidths::slot_of(std::uint32_t pair) {
  std::size_t at = pair * 0x9E3779B1u >> 16;
  for (;; ++at) {
    Slot& slot = slots_[at & (slots_.size() - 1)];
    if (slot.pair == pair || slot.pair == 0) return slot;
  }
}

float* PairWidths::find(std::uint32_t before, std::uint32_t letter) {
  if (slots_.empty()) return nullptr;
  Slot& slot = slot_of(before << kLetterBits | letter);
  return slot.pair == 0 ? nullptr : &slot.width;
}

bool PairWidths::add(std::uint32_t before, std::uint32_t letter) {
  if (count_ == kMost) return false;
  if (count_ * 2 >= slots_.size()) {
    std::vector<Slot> old(slots_.empty() ? kFirstSize : slots_.size() * 2);
    old.swap(slots_);
    for (const Slot& slot : old) {
      if (slot.pair != 0) slot_of(slot.pair) = slot;
    }
  }
  slot_of(before << kLetterBits | letter).pair = before << kLetterBits | letter;
  ++count_;
  return true;
}

}  // namespace parlance
