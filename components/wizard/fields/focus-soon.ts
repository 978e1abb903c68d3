import { focusField } from '../focus-field'

/** Focus for a field that is about to be drawn. */
export function focusSoon(field: string): void {
  requestAnimationFrame(() => focusField(field))
}
