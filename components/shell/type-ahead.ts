/** What somebody typed before there was a field to take it. */
export type Typed = {
  readonly text: string
  /** Enter was pressed: what comes first is meant. */
  readonly entered: boolean
  /** Escape was pressed. */
  readonly left: boolean
}

export const nothingTyped: Typed = { text: '', entered: false, left: false }

type Key = Pick<KeyboardEvent, 'key' | 'metaKey' | 'ctrlKey' | 'altKey'>

/** The next state, or null when the key is not one of typing. After Enter nothing is added: it was meant for what stood there. */
export function nextTyped(typed: Typed, { key, metaKey, ctrlKey, altKey }: Key): Typed | null {
  if (metaKey || ctrlKey || altKey) return null
  if (key === 'Escape') return { ...typed, left: true }
  if (typed.entered) return null
  if (key === 'Enter') return typed.text.trim() === '' ? null : { ...typed, entered: true }
  if (key === 'Backspace') return { ...typed, text: [...typed.text].slice(0, -1).join('') }
  return [...key].length === 1 ? { ...typed, text: typed.text + key } : null
}

export type TypeAhead = {
  /** Gives what was typed and stops listening: from here on the field itself hears the keys. */
  readonly take: () => Typed
}

/** Keeps what is typed from now on, and away from everybody else, until it is taken. */
export function startTypeAhead(target: Pick<Window, 'addEventListener' | 'removeEventListener'>): TypeAhead {
  let typed = nothingTyped
  const listen = (event: KeyboardEvent) => {
    const next = nextTyped(typed, event)
    if (!next) return
    typed = next
    event.preventDefault()
    event.stopPropagation()
  }
  target.addEventListener('keydown', listen, { capture: true })
  return {
    take: () => {
      target.removeEventListener('keydown', listen, { capture: true })
      const taken = typed
      typed = nothingTyped
      return taken
    },
  }
}
