/** `subnets` → `Subnets`, at the beginning of a title or sentence. */
export const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)

/** `Name and reach` → `name and reach`, inside of a sentence; abbreviations and names such as `DNS records` stay as they are. */
export const inSentence = (title: string): string =>
  /^\p{Lu}(?!\S*\p{Lu})/u.test(title) ? title.charAt(0).toLowerCase() + title.slice(1) : title

/** With a full stop where it has no end of its own: AWS leaves it out as often as not, and more words follow here. */
export const asSentence = (text: string): string =>
  /[.!?…]$/.test(text.trimEnd()) ? text : `${text.trimEnd()}.`
