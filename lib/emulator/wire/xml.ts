/** What an XML answer is made of: text, repeated `item` elements, or named elements. Undefined is left out. */
export type XmlValue =
  | string
  | number
  | boolean
  | undefined
  | readonly XmlValue[]
  | { readonly [element: string]: XmlValue }

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
}

/** Text made safe inside an element. Characters that XML 1.0 cannot hold become the replacement character. */
export const escapeXml = (text: string): string =>
  text
    .replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '\ufffd')
    .replace(/[&<>"']/g, (character) => entities[character] ?? character)

/** Renders a value as the content of an element; list entries become `<item>` as EC2 writes them. */
export function toXml(value: XmlValue): string {
  if (value === undefined) return ''
  if (typeof value === 'string') return escapeXml(value)
  if (typeof value === 'number' || typeof value === 'boolean') return String(value)
  if (isList(value)) return value.map((item) => element('item', item)).join('')
  return Object.entries(value)
    .map(([name, content]) => element(name, content))
    .join('')
}

const isList = (value: XmlValue): value is readonly XmlValue[] => Array.isArray(value)

const element = (name: string, content: XmlValue): string =>
  content === undefined ? '' : `<${name}>${toXml(content)}</${name}>`
