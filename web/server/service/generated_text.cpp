#include "web/server/service/generated_text.h"

#include <array>
#include <span>
#include <string_view>

#include "widget/core/utf8.h"

namespace parlance {
namespace {

using Phrases = std::span<const std::string_view>;

struct Language {
  int weight;  // Of a hundred.
  Phrases openers;
  Phrases subjects;
  Phrases predicates;
  Phrases tails;
  std::string_view space;
  std::string_view stop;
};

constexpr std::array<std::string_view, 10> kEnglishOpeners = {"Honestly,",
                                                              "For what it is worth,",
                                                              "As somebody who ran it twice,",
                                                              "Every year",
                                                              "With respect,",
                                                              "Before anybody asks,",
                                                              "On a wet November morning",
                                                              "To be fair,",
                                                              "My neighbour says",
                                                              "If you stand at mile twenty,"};
constexpr std::array<std::string_view, 12> kEnglishSubjects = {
    "the finish on the quay", "the old route",         "the hill behind the mill",
    "a flat last mile",       "the new bridge",        "the volunteer with the bell",
    "the market square",      "everybody at the back", "the wind off the estuary",
    "the brass band",         "the council's plan",    "that long row of plane trees"};
constexpr std::array<std::string_view, 12> kEnglishPredicates = {
    "makes more sense than a car park",
    "has carried people home for years",
    "is where the race is really run",
    "deserves better than a leaflet",
    "would cost half of what they think",
    "keeps the children off the road",
    "gives the last runners a crowd",
    "sounds fine until it rains",
    "was never measured properly",
    "belongs to the town and not to a sponsor",
    "can be closed by nine and open by four",
    "turned my worst day into a good one"};
constexpr std::array<std::string_view, 10> kEnglishTails = {
    "whatever the brochure says", "and the photographs prove it",
    "at least since the flood",   "when the tide is out",
    "so let us keep it",          "and I would do it again",
    "even with the roadworks",    "if we are careful",
    "for about ten minutes",      "and nobody has told me why not"};

constexpr std::array<std::string_view, 5> kSpanishOpeners = {
    "La verdad,", "Con todo respeto,", "Cada otoño", "Por lo que he visto,", "Según mi hermana,"};
constexpr std::array<std::string_view, 6> kSpanishSubjects = {
    "la meta en el muelle", "el recorrido antiguo", "la cuesta del molino",
    "el puente nuevo",      "la plaza del mercado", "la gente que llega última"};
constexpr std::array<std::string_view, 6> kSpanishPredicates = {
    "merece algo más que un folleto",    "tiene más sentido que un aparcamiento",
    "nos ha llevado a casa muchos años", "cuesta la mitad de lo que dicen",
    "suena bien hasta que llueve",       "es donde de verdad se corre"};
constexpr std::array<std::string_view, 5> kSpanishTails = {
    "diga lo que diga el ayuntamiento", "y las fotos lo demuestran", "cuando baja la marea",
    "aunque haya obras", "así que dejémosla donde está"};

constexpr std::array<std::string_view, 5> kChineseOpeners = {"说实话,", "去年秋天,", "在我看来,",
                                                             "跑过两次之后,", "我邻居说,"};
constexpr std::array<std::string_view, 6> kChineseSubjects = {
    "码头边的终点", "原来的路线", "磨坊后面的山坡", "新建的大桥", "集市广场", "最后到达的选手"};
constexpr std::array<std::string_view, 6> kChinesePredicates = {
    "比停车场更有意义", "多年来一直带大家回家", "值得更多的关注",
    "只需要一半的费用", "下雨之前听起来不错",   "才是真正比赛开始的地方"};
constexpr std::array<std::string_view, 5> kChineseTails = {
    "不管宣传册怎么写", "照片可以证明", "即使正在修路", "所以请保留它", "至少退潮的时候是这样"};

constexpr std::array<std::string_view, 5> kArabicOpeners = {
    "بصراحة،", "مع كل الاحترام،", "في كل خريف", "كما يقول جاري،", "بعد أن ركضت مرتين،"};
constexpr std::array<std::string_view, 6> kArabicSubjects = {
    "خط النهاية عند الرصيف", "الطريق القديم", "التل خلف الطاحونة",
    "الجسر الجديد",          "ساحة السوق",    "آخر العدائين"};
constexpr std::array<std::string_view, 6> kArabicPredicates = {
    "يستحق أكثر من منشور", "أفضل من موقف للسيارات",    "أعاد الناس إلى بيوتهم سنوات طويلة",
    "يكلف نصف ما يظنون",   "يبدو جيدا حتى ينزل المطر", "هو المكان الذي يبدأ فيه السباق"};
constexpr std::array<std::string_view, 5> kArabicTails = {"والصور تثبت ذلك", "مهما قال المجلس",
                                                          "عندما ينحسر البحر", "رغم أعمال الطريق",
                                                          "فلنتركه في مكانه"};

constexpr std::array<std::string_view, 5> kHindiOpeners = {"सच कहूँ तो", "पूरे सम्मान के साथ,", "हर साल",
                                                           "मेरे पड़ोसी कहते हैं,", "दो बार दौड़ने के बाद"};
constexpr std::array<std::string_view, 6> kHindiSubjects = {
    "घाट पर समाप्ति रेखा", "पुराना रास्ता",         "चक्की के पीछे की चढ़ाई", "नया पुल",
    "बाज़ार का चौक",      "सबसे पीछे दौड़ने वाले लोग"};
constexpr std::array<std::string_view, 6> kHindiPredicates = {
    "पार्किंग से कहीं बेहतर लगता है", "बरसों से लोगों को घर लाया है", "आधे खर्च में हो सकता है",
    "बारिश होने तक अच्छा लगता है", "थोड़ा और ध्यान चाहता है",     "असली दौड़ की जगह है"};
constexpr std::array<std::string_view, 5> kHindiTails = {
    "चाहे परिषद कुछ भी कहे", "और तस्वीरें यही दिखाती हैं", "जब पानी उतर जाता है", "सड़क के काम के बावजूद",
    "इसलिए इसे यहीं रहने दें"};

constexpr std::array<Language, 5> kLanguages = {{
    {76, kEnglishOpeners, kEnglishSubjects, kEnglishPredicates, kEnglishTails, " ", "."},
    {9, kSpanishOpeners, kSpanishSubjects, kSpanishPredicates, kSpanishTails, " ", "."},
    {6, kChineseOpeners, kChineseSubjects, kChinesePredicates, kChineseTails, "", "。"},
    {5, kArabicOpeners, kArabicSubjects, kArabicPredicates, kArabicTails, " ", "."},
    {4, kHindiOpeners, kHindiSubjects, kHindiPredicates, kHindiTails, " ", "।"},
}};

constexpr std::array<std::string_view, 20> kFirstNames = {
    "Ada",   "Bram",  "Celeste", "Dov",   "Elin", "Farid", "Greta", "Hugo", "Ines",  "Jarek",
    "Kavya", "Lucia", "Mei",     "Nadim", "Orla", "Pavel", "Quinn", "Ravi", "Salma", "Tomas"};
constexpr std::array<std::string_view, 20> kLastNames = {
    "Ashdown", "Belmonte", "Carrow",  "Dunmore",  "Eskil",  "Farrow",    "Gellner",
    "Haddad",  "Iyer",     "Jansson", "Kerrigan", "Lomax",  "Marchetti", "Nakano",
    "Oduya",   "Penrose",  "Quist",   "Rao",      "Selwyn", "Tremaine"};

std::string_view pick(Phrases phrases, SeededNumbers& numbers) {
  return phrases[numbers.below(phrases.size())];
}

const Language& pick_language(SeededNumbers& numbers) {
  auto place = static_cast<int>(numbers.below(100));
  for (const Language& language : kLanguages) {
    place -= language.weight;
    if (place < 0) return language;
  }
  return kLanguages.front();
}

// A word of a language without spaces is about two characters.
int count_words(std::string_view phrase, const Language& language) {
  if (language.space.empty()) return static_cast<int>(count_code_points(phrase) / 2);
  int words = 1;
  for (const char c : phrase) words += c == ' ' ? 1 : 0;
  return words;
}

int append_sentence(std::string& text, const Language& language, SeededNumbers& numbers) {
  std::string sentence;
  const auto add = [&](Phrases phrases) {
    if (!sentence.empty()) sentence += language.space;
    sentence += pick(phrases, numbers);
  };
  if (numbers.below(2) == 0) add(language.openers);
  add(language.subjects);
  add(language.predicates);
  if (numbers.below(3) > 0) add(language.tails);
  const int words = count_words(sentence, language);
  if (sentence[0] >= 'a' && sentence[0] <= 'z') sentence[0] += 'A' - 'a';
  text += sentence;
  text += language.stop;
  return words;
}

}  // namespace

std::uint64_t SeededNumbers::next() {
  state_ += 0x9E3779B97F4A7C15;
  std::uint64_t mixed = state_;
  mixed = (mixed ^ mixed >> 30) * 0xBF58476D1CE4E5B9;
  mixed = (mixed ^ mixed >> 27) * 0x94D049BB133111EB;
  return mixed ^ mixed >> 31;
}

std::string generated_author(SeededNumbers& numbers) {
  const std::string_view first = pick(kFirstNames, numbers);
  const std::string_view last = pick(kLastNames, numbers);
  return std::string(first) + " " + std::string(last);
}

std::string generated_text(SeededNumbers& numbers) {
  // The last sentence may go a dozen words over what is aimed at.
  constexpr int kFewest = 20;
  constexpr std::uint64_t kMostAimedAt = 62;
  const Language& language = pick_language(numbers);
  const int aim = kFewest + static_cast<int>(numbers.below(kMostAimedAt - kFewest));
  std::string text;
  int words = 0;
  while (words < aim) {
    if (!text.empty()) text += numbers.below(6) == 0 ? "\n\n" : language.space;
    words += append_sentence(text, language, numbers);
  }
  return text;
}

}  // namespace parlance
