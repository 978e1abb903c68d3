import type { HighlighterCore, LanguageInput } from 'shiki/core'
import { codeTheme } from './theme'

export type Language = 'bash' | 'yaml' | 'typescript' | 'hcl' | 'json'

/** A line as coloured pieces; a colour is one of our own CSS variables. */
export type CodeLine = readonly { readonly text: string; readonly colour: string | undefined }[]

export type Highlight = (text: string, language: Language) => readonly CodeLine[]

const grammars: Readonly<Record<Language, LanguageInput>> = {
  bash: () => import('shiki/langs/bash.mjs'),
  yaml: () => import('shiki/langs/yaml.mjs'),
  typescript: () => import('shiki/langs/typescript.mjs'),
  hcl: () => import('shiki/langs/hcl.mjs'),
  json: () => import('shiki/langs/json.mjs'),
}

/** Longer texts stay plain: colouring them would hold the page up while somebody types. */
const mostCharacters = 60_000

let core: Promise<HighlighterCore> | null = null

async function loadCore(): Promise<HighlighterCore> {
  const [{ createHighlighterCore }, { createJavaScriptRegexEngine }] = await Promise.all([
    import('shiki/core'),
    // Not the WebAssembly engine: the page's policy does not let WebAssembly be compiled.
    import('shiki/engine/javascript'),
  ])
  return createHighlighterCore({ themes: [codeTheme], langs: [], engine: createJavaScriptRegexEngine() })
}

/** Loads the highlighter with one language; both are kept for the life of the page. */
export async function loadHighlight(language: Language): Promise<Highlight> {
  core ??= loadCore()
  const highlighter = await core
  await highlighter.loadLanguage(grammars[language])
  return (text, wanted) =>
    text.length > mostCharacters ? plainLines(text) : colouredLines(highlighter, text, wanted)
}

function colouredLines(highlighter: HighlighterCore, text: string, lang: Language): readonly CodeLine[] {
  const { tokens } = highlighter.codeToTokens(text, { lang, theme: codeTheme.name })
  return tokens.map((line) => line.map((token) => ({ text: token.content, colour: token.color })))
}

export function plainLines(text: string): readonly CodeLine[] {
  return text.split('\n').map((line) => [{ text: line, colour: undefined }])
}
