import type { FocusPlace } from './shortcuts'

const text =
  'input:not([type=button]):not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable=true]'
const layer = '[role=dialog], [role=alertdialog], [role=menu], [role=listbox], [role=tree]'
const control =
  'button, a[href], input, summary, [role=tab], [role=radio], [role=separator], [role=grid], table'

/** Where a key press lands, to tell whose key it is. */
export function findFocusPlace(target: EventTarget | null): FocusPlace {
  if (!(target instanceof Element)) return 'map'
  if (target.closest(text)) return 'text'
  if (target.closest(layer)) return 'layer'
  return target.closest(control) ? 'control' : 'map'
}
