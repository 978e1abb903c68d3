'use client'

import { AtSign, Box, Boxes, FolderTree, Plus } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { Button } from '../ui/button'
import { Menu, MenuItem, MenuTrigger } from '../ui/menu'
import { wizardPaths } from './wizard-paths'

const items = [
  { ...wizardPaths.namespace, glyph: <FolderTree aria-hidden /> },
  { ...wizardPaths.discoveryService, glyph: <AtSign aria-hidden /> },
  { ...wizardPaths.service, glyph: <Box aria-hidden /> },
  { ...wizardPaths.cluster, glyph: <Boxes aria-hidden /> },
]

/** The way to every wizard, from every room. */
export function CreateMenu() {
  const router = useRouter()
  return (
    <MenuTrigger>
      <Button tone="primary" aria-label="Create">
        <Plus aria-hidden />
        <span className="max-sm:hidden">Create</span>
      </Button>
      <Menu
        aria-label="Create"
        placement="bottom end"
        onAction={(key) => {
          if (typeof key === 'string') router.push(key)
        }}
      >
        {items.map((item) => (
          <MenuItem key={item.href} id={item.href} textValue={item.name} icon={item.glyph} hint={item.hint}>
            {item.name}
          </MenuItem>
        ))}
      </Menu>
    </MenuTrigger>
  )
}
