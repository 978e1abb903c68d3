import { randomBytes, randomUUID } from 'node:crypto'

/** Makes identifiers in AWS's forms; tests pass in predictable ones. */
export type Ids = {
  uuid(): string
  /** Lowercase hexadecimal digits. Task ids have 32. */
  hex(length: number): string
  /** Decimal digits, the first not 0. Deployment ids have 19. */
  digits(length: number): string
  /** Lowercase letters and digits. Cloud Map ids have 16 after their prefix. */
  alphanumeric(length: number): string
}

const pick = (alphabet: string, length: number): string => {
  let text = ''
  for (const byte of randomBytes(length)) text += alphabet[byte % alphabet.length]
  return text
}

export const randomIds: Ids = {
  uuid: () => randomUUID(),
  hex: (length) => pick('0123456789abcdef', length),
  digits: (length) => pick('123456789', 1) + pick('0123456789', length - 1),
  alphanumeric: (length) => pick('abcdefghijklmnopqrstuvwxyz234567', length),
}
