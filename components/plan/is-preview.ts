import type { Preview } from '../wizard/use-preview'

/** Whether an answer has the form of a preview; what is in it was made by our own server. */
export const isPreview = (value: unknown): value is Preview =>
  typeof value === 'object' &&
  value !== null &&
  'planned' in value &&
  typeof value.planned === 'object' &&
  'formats' in value &&
  Array.isArray(value.formats)
