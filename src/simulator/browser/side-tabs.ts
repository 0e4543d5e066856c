import { byId } from './dom.js';

const STORED_UNDER = 'simulator.side';

/** The tabs of what is behind the screen; the one that was looked at last is there again the next time. */
export function createSideTabs(onSelect: (tab: string) => void): void {
  const list = byId('side-tabs', HTMLDivElement);
  const tabs: HTMLButtonElement[] = [...list.querySelectorAll('button')];

  function select(chosen: HTMLButtonElement): void {
    for (const tab of tabs) {
      const isChosen = tab === chosen;
      tab.setAttribute('aria-selected', String(isChosen));
      tab.tabIndex = isChosen ? 0 : -1;
      byId(tab.getAttribute('aria-controls') ?? '', HTMLElement).hidden = !isChosen;
      // What belongs to a tab alone stands beside the tabs.
      for (const other of document.querySelectorAll<HTMLElement>(`[data-for="${tab.id}"]`)) {
        other.hidden = !isChosen;
      }
    }
    onSelect(chosen.id);
  }

  for (const tab of tabs) {
    tab.addEventListener('click', () => {
      select(tab);
      try {
        localStorage.setItem(STORED_UNDER, tab.id);
      } catch {
        // Storage is switched off: the first tab is shown the next time.
      }
    });
  }
  list.addEventListener('keydown', (event) => {
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    const at = tabs.findIndex((tab) => tab.matches(':focus'));
    const next = step === undefined || at < 0 ? undefined : tabs.at((at + step) % tabs.length);
    next?.focus();
    next?.click();
  });
  const remembered = tabs.find((tab) => tab.id === localStorage.getItem(STORED_UNDER));
  if (remembered) select(remembered);
}
