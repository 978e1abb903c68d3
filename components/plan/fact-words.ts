import { factName } from '@/lib/plan/fact-words'
import type { Difference } from '@/lib/plan/seen'

/** `service web: desired count`. */
export const factWords = ({ subject, fact }: Pick<Difference, 'subject' | 'fact'>): string =>
  `${subject}: ${factName(fact)}`
