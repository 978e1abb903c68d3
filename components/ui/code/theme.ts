import type { ThemeRegistration } from 'shiki/core'

/** One theme for light and dark: its colours are our own variables, so the page's theme decides. */
export const codeTheme = {
  name: 'switchboard',
  type: 'light',
  fg: 'var(--ink-soft)',
  bg: 'var(--sunk)',
  settings: [
    { settings: { foreground: 'var(--ink-soft)' } },
    {
      scope: ['comment', 'punctuation.definition.comment'],
      settings: { foreground: 'var(--accent-ink)' },
    },
    {
      scope: [
        'entity.name.command',
        'entity.name.function',
        'support.function',
        'support.type.property-name',
        'punctuation.support.type.property-name',
        'entity.name.tag',
        'meta.object-literal.key',
        'entity.name.type',
        'entity.name.class',
        'entity.other.inherited-class',
        'variable.declaration',
        'variable.other.assignment',
        'variable.other.constant',
      ],
      settings: { foreground: 'var(--ink)' },
    },
    {
      scope: ['string.unquoted.argument', 'string.other.option'],
      settings: { foreground: 'var(--ink-soft)' },
    },
    {
      scope: ['string', 'string.quoted', 'string.unquoted.plain', 'punctuation.definition.string'],
      settings: { foreground: 'var(--ok-ink)' },
    },
    {
      scope: [
        'keyword',
        'storage',
        'entity.name.type.hcl',
        'storage.type.tag-handle',
        'variable.other.normal',
      ],
      settings: { foreground: 'var(--accent-ink)' },
    },
    { scope: ['keyword.operator'], settings: { foreground: 'var(--ink-soft)' } },
    {
      scope: ['constant.numeric', 'constant.language', 'constant.character.escape'],
      settings: { foreground: 'var(--busy-ink)' },
    },
  ],
} satisfies ThemeRegistration
