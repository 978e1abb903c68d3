const controls = 'input:not([disabled]), textarea:not([disabled]), button:not([disabled])'

/**
 * Puts the focus on the field at this place of the values, or on the nearest place around it that has one: an issue may belong to a whole
 * list.
 */
export function focusField(field: string): void {
  for (let place = field; place !== ''; place = place.slice(0, Math.max(0, place.lastIndexOf('.')))) {
    const holder = document.querySelector(`[data-field="${CSS.escape(place)}"]`)
    const control = holder?.querySelector<HTMLElement>(controls)
    if (!control) continue
    control.scrollIntoView({ block: 'center' })
    control.focus()
    return
  }
}
