let format: Intl.DateTimeFormat | undefined;
let formatLanguage = '';

/** The local date and time, in the page's language, of Unix seconds; nothing when it is no time. */
export function exactTime(seconds: string): string | undefined {
  const date = dateOf(seconds);
  if (!date) return undefined;
  const language = document.documentElement.lang;
  if (!format || language !== formatLanguage) {
    formatLanguage = language;
    format = formatFor(language);
  }
  return format.format(date);
}

/** The value of `datetime`; nothing when it is no time. */
export function isoTime(seconds: string): string | undefined {
  return dateOf(seconds)?.toISOString();
}

function dateOf(seconds: string): Date | undefined {
  const date = new Date(Number(seconds || NaN) * 1000);
  return Number.isNaN(date.getTime()) ? undefined : date;
}

function formatFor(language: string): Intl.DateTimeFormat {
  const options = { dateStyle: 'long', timeStyle: 'short' } as const;
  try {
    return new Intl.DateTimeFormat(language || undefined, options);
  } catch {
    return new Intl.DateTimeFormat(undefined, options);
  }
}
