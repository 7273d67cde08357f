/** Words that comments are made of, script by script, and a source of numbers that is the same in every run. */

/** Numbers from 0 up to 1, the same ones for the same seed (mulberry32). */
export function randomNumbers(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

const starts = 'b br c ch cl d dr f fl g gr h j k l m n p pl qu r s sh sl st t th tr v w wh'.split(
  ' ',
);
const middles = 'a ai e ea ee i ie o oa oo ou u y au ei'.split(' ');
const ends = [
  '',
  'd',
  'ck',
  'l',
  'll',
  'm',
  'n',
  'nd',
  'ng',
  'nt',
  'p',
  'r',
  'rd',
  's',
  'st',
  't',
  'x',
];

/** Two thousand words that look like a language and are none. */
function latinWords() {
  const random = randomNumbers(7);
  const pick = (list) => list[Math.floor(random() * list.length)];
  const words = new Set();
  while (words.size < 2000) {
    let word = '';
    const syllables = 1 + Math.floor(random() * 2.6);
    for (let i = 0; i < syllables; i += 1) word += pick(starts) + pick(middles);
    words.add(word + pick(ends));
  }
  return [...words];
}

const scripts = {
  latin: latinWords(),
  accented:
    'déjà été façon là où mañana niño corazón über schön Straße größer está después año élève naïve coeur señor también fenêtre Mädchen früh später wörtlich garçon',
  greek:
    'και το νερό είναι λέξη θάλασσα ημέρα πόλη δρόμος βιβλίο άνθρωπος σπίτι φίλος χρόνος ερώτηση απάντηση μικρό μεγάλο πάντα ποτέ',
  cyrillic:
    'это слово вода город человек время вопрос ответ дорога книга утром вечером почему потому всегда никогда хорошо плохо можно нельзя',
  arabic:
    'هذا سؤال جميل جدا عن المدينة والبحر لكن الطريق طويل والناس يعرفون ذلك منذ زمن بعيد شكرا لكم على الكتابة',
  hebrew:
    'זה נכון מאוד אבל הדרך ארוכה והעיר גדולה אנשים רבים חושבים אחרת תודה על המאמר היום מחר אולי',
  devanagari:
    'यह बहुत अच्छा सवाल है लेकिन उत्तर आसान नहीं शहर नदी और लोग हमेशा बदलते रहते हैं धन्यवाद आपके विचार',
  chinese:
    '这个 问题 很好 但是 我们 城市 已经 改变 时间 朋友 文章 作者 认为 可能 因为 所以 今天 明天 大家 讨论',
  japanese:
    'この 記事 は とても 面白い ので みんな で 話しましょう 町の 海と 山が 好きです 昨日 今日 明日 きっと',
  korean:
    '이 글은 정말 좋은 질문입니다 그러나 우리는 도시와 바다를 사랑하고 사람들은 항상 다르게 생각합니다 오늘 내일',
  emoji: 'so 😀 good 🎉 wow 👍🏽 yes ❤️ ship ⛴️ home 🏡 sea 🌊 family 👩‍👩‍👧 flag 🇳🇴 well 🙂',
};

/** How often a comment is in each script. */
const shares = [
  ['latin', 0.74],
  ['accented', 0.05],
  ['greek', 0.02],
  ['cyrillic', 0.03],
  ['arabic', 0.03],
  ['hebrew', 0.02],
  ['devanagari', 0.03],
  ['chinese', 0.03],
  ['japanese', 0.02],
  ['korean', 0.02],
  ['emoji', 0.01],
];

/** A script by its share, as its words and what stands between them. */
export function pickScript(random) {
  let left = random();
  const [name] = shares.find(([, share]) => (left -= share) < 0) ?? shares[0];
  const words = typeof scripts[name] === 'string' ? scripts[name].split(' ') : scripts[name];
  const isSpaced = name !== 'chinese' && name !== 'japanese';
  return { words, space: isSpaced ? ' ' : '', stop: isSpaced ? '. ' : '。' };
}

export const latin = scripts.latin;
