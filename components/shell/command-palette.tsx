'use client'

import {
  Box,
  Boxes,
  CircleDot,
  Command as CommandGlyph,
  Download,
  FileInput,
  FilePenLine,
  FolderTree,
  History,
  Keyboard,
  LayoutTemplate,
  ListChecks,
  type LucideIcon,
  PhoneOutgoing,
  Play,
  Plus,
  RotateCw,
  Scaling,
  Search,
  ShieldCheck,
  SquareTerminal,
  SunMoon,
  Trash2,
  Waypoints,
} from 'lucide-react'
import { usePathname } from 'next/navigation'
import { useMemo, useState } from 'react'
import { Autocomplete } from 'react-aria-components/Autocomplete'
import { Dialog } from 'react-aria-components/Dialog'
import { Header } from 'react-aria-components/Header'
import { Input } from 'react-aria-components/Input'
import { Menu, MenuSection } from 'react-aria-components/Menu'
import { Modal, ModalOverlay } from 'react-aria-components/Modal'
import { SearchField } from 'react-aria-components/SearchField'
import { useTopology } from '../topology/feed/use-feed'
import { useCommands } from '../topology/keys/command-bus'
import { useMapUrl } from '../topology/use-map-url'
import { cn } from '../ui/class-names'
import { overlayStyle } from '../ui/dialog'
import { MenuItem } from '../ui/menu'
import { commandSection, explainNothing, withCommands } from './palette-commands'
import { type ActionGlyph, buildPaletteItems, type PaletteItem, searchPalette } from './palette-items'
import type { TypeAhead } from './type-ahead'

const glyphs: Record<PaletteItem['section'], LucideIcon> = {
  Commands: SquareTerminal,
  Actions: CommandGlyph,
  Services: Box,
  Namespaces: FolderTree,
  Clusters: Boxes,
  Instances: CircleDot,
}

/** The same pictures as on the buttons that do it. */
const actionGlyphs: Record<ActionGlyph, LucideIcon> = {
  call: PhoneOutgoing,
  scale: Scaling,
  connect: ShieldCheck,
  redeploy: RotateCw,
  revision: FilePenLine,
  run: Play,
  delete: Trash2,
  create: Plus,
  import: FileInput,
  export: Download,
  examples: LayoutTemplate,
  plans: ListChecks,
  activity: History,
  map: Waypoints,
  theme: SunMoon,
  help: Keyboard,
}

type CommandPaletteProps = { typeAhead: TypeAhead; onClose: () => void }

/** Finds and acts on anything. */
export function CommandPalette({ typeAhead, onClose }: CommandPaletteProps) {
  const topology = useTopology()
  const [{ selected }] = useMapUrl()
  const run = useCommands()
  const [text, setText] = useState('')
  const isMap = usePathname() === '/'
  const items = useMemo(
    () => buildPaletteItems(topology, isMap ? selected : null, isMap),
    [topology, selected, isMap],
  )
  const find = (typed: string) =>
    withCommands(searchPalette(items, typed), commandSection(topology, typed), typed)
  const sections = find(text)

  const act = (item: PaletteItem) => {
    if (item.fill !== undefined) return setText(item.fill)
    onClose()
    // After the palette has given the focus back, so that a dialog opened now keeps it.
    requestAnimationFrame(() => {
      for (const command of item.commands) run(command)
    })
  }

  // From the first focus on the field hears the keys itself; until then they were kept for it.
  const takeOver = () => {
    const typed = typeAhead.take()
    if (typed.left) return onClose()
    const [first] = typed.entered ? find(typed.text) : []
    if (first?.items[0]) act(first.items[0])
    else if (typed.text !== '') setText(typed.text)
  }

  return (
    <ModalOverlay
      isOpen
      isDismissable
      onOpenChange={(open) => {
        if (!open) onClose()
      }}
      className={cn(overlayStyle, 'items-start pt-[12vh]')}
    >
      <Modal className="w-full max-w-xl animate-rise overflow-hidden rounded-frame bg-raised shadow-float">
        <Dialog
          aria-label="Search or run a command"
          className="flex max-h-[min(480px,70vh)] flex-col outline-none"
        >
          <Autocomplete inputValue={text} onInputChange={setText}>
            <SearchField
              autoFocus
              onFocus={takeOver}
              aria-label="Search or run a command"
              className="flex items-center gap-2.5 border-line border-b px-4"
            >
              <Search aria-hidden className="size-4 shrink-0 text-ink-soft" />
              <Input
                onKeyDown={(event) => {
                  // Text that came before the field was there has no result in focus: the first one is meant.
                  if (event.key !== 'Enter' || event.currentTarget.hasAttribute('aria-activedescendant'))
                    return
                  const item = sections[0]?.items[0]
                  if (item) act(item)
                }}
                placeholder="Service, namespace, address, task id or command"
                className="h-12 min-w-0 flex-1 bg-transparent text-base text-ink outline-none placeholder:text-ink-soft focus-visible:outline-none [&::-webkit-search-cancel-button]:hidden"
              />
            </SearchField>
            <section
              aria-label="Found"
              // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
              tabIndex={0}
              className="min-h-0 flex-1 overflow-auto focus-visible:-outline-offset-2"
            >
              <Menu
                aria-label="Results"
                items={sections.map((section) => ({ ...section, id: section.section }))}
                renderEmptyState={() => (
                  <div className="wrap-anywhere flex flex-col gap-1 px-6 py-8 text-center text-ink-soft text-sm">
                    <p className="text-ink">Nothing is called “{text}”.</p>
                    <p className="text-balance">{explainNothing(topology, text)}</p>
                  </div>
                )}
                className="p-2 outline-none"
              >
                {(section) => (
                  <MenuSection id={section.section}>
                    <Header className="px-2 pt-2 pb-1 text-ink-soft text-xs">{section.section}</Header>
                    {section.items.map((item) => {
                      const Glyph = item.glyph ? actionGlyphs[item.glyph] : glyphs[section.section]
                      return (
                        <MenuItem
                          key={item.id}
                          id={item.id}
                          textValue={`${item.text} ${item.hint}`}
                          icon={<Glyph aria-hidden />}
                          shortcut={item.shortcut}
                          onAction={() => act(item)}
                        >
                          {item.text}
                          <span className="ml-2 text-ink-soft text-xs">{item.hint}</span>
                        </MenuItem>
                      )
                    })}
                  </MenuSection>
                )}
              </Menu>
            </section>
          </Autocomplete>
        </Dialog>
      </Modal>
    </ModalOverlay>
  )
}
