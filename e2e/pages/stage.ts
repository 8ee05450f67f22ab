// The topology: the tree that lies over the canvas, the palette beside it, and the menus of its objects.
import { expect, type Locator, type Page } from '@playwright/test'

/** Above it a card shows only its own name and address. */
const HEAD = 16

const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')

export class Stage {
  readonly region: Locator
  readonly tree: Locator
  readonly items: Locator
  readonly inFlight: Locator
  readonly palette: Locator

  constructor(private readonly page: Page) {
    this.region = page.getByRole('region', { name: 'Topology' })
    this.tree = page.getByRole('tree', { name: 'Objects of the topology' })
    this.items = this.tree.getByRole('treeitem')
    this.inFlight = this.tree.getByRole('treeitem', { name: /, lands in / })
    this.palette = page.getByRole('navigation', { name: 'Palette' })
  }

  item(name: string | RegExp): Locator {
    return this.tree.getByRole('treeitem', { name })
  }

  /** A node, router or other host by its own name; `facts` is what its name must say after it. */
  host(name: string, facts = ''): Locator {
    return this.item(new RegExp(`^${escaped(name)}, .*${facts}`))
  }

  network(cidr: string): Locator {
    return this.item(new RegExp(`subnet ${escaped(cidr)}$`))
  }

  add(what: 'K8s node' | 'Router' | 'Pod'): Locator {
    return this.palette.getByRole('button', { name: what })
  }

  /** A point of an object that belongs to nothing inside it (the head of a card), once the camera has come to rest. */
  async pointOn(item: Locator): Promise<{ x: number; y: number }> {
    await item.hover({ trial: true, force: true })
    let before = ''
    await expect
      .poll(async () => {
        const now = JSON.stringify(await item.boundingBox())
        const still = now === before
        before = now
        return still
      })
      .toBe(true)
    const box = await item.boundingBox()
    if (!box) throw new Error('the object has no place on the stage')
    return { x: box.x + box.width / 2, y: box.y + Math.min(HEAD, box.height / 2) }
  }

  async click(item: Locator): Promise<void> {
    const { x, y } = await this.pointOn(item)
    await this.page.mouse.click(x, y)
  }

  /** Drags a thing of the palette with the mouse, as a hand does: press, pull in steps, let go. */
  async drag(what: 'K8s node' | 'Router' | 'Pod', onto: Locator): Promise<void> {
    const from = await this.pointOn(this.add(what))
    const to = await this.pointOn(onto)
    await this.page.mouse.move(from.x, from.y)
    await this.page.mouse.down()
    await this.page.mouse.move(to.x, to.y, { steps: 8 })
    await this.page.mouse.up()
  }

  /** Right click on an object, then one entry of its menu. */
  async choose(item: Locator, entry: string | RegExp): Promise<void> {
    const { x, y } = await this.pointOn(item)
    await this.page.mouse.click(x, y, { button: 'right' })
    await this.page.getByRole('menu').getByRole('menuitem', { name: entry }).click()
  }
}
