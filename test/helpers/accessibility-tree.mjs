// What assistive technology is given: the accessibility tree of a page as text, and role and name of the element that a test has put on
// `window.spoken`. Chromium tells it over its DevTools, Firefox by its accessibility service (over BiDi, in the browser's own process), WebKit's
// driver for one element at a time. Commands of @web/test-runner; they know no element of ours.

/** ARIA's names for what Firefox calls otherwise; '' is left out, with its children kept. */
const FIREFOX_ROLES = {
  'pushbutton': 'button', 'toggle button': 'button', 'pagetab': 'tab', 'pagetablist': 'tablist', 'propertypage': 'tabpanel', 'outline': 'tree', 'outlineitem': 'treeitem',
  'grouping': 'group', 'statusbar': 'status', 'checkbutton': 'checkbox', 'entry': 'textbox', 'grid cell': 'gridcell', 'landmark': 'region', 'label': '', 'section': '', 'text container': '',
  'text leaf': '', 'statictext': '', 'time': '', 'paragraph': '', 'text': '', 'internal frame': '', 'mark': '', 'footer': '', 'header': '', 'list item marker': '', 'definition': '', 'term': '', 'definition list': '',
};
const CHROMIUM_ROLES = {
  generic: '', none: '', StaticText: '', InlineTextBox: '', paragraph: '', Abbr: '', mark: '', strong: '', emphasis: '', LayoutTable: '', time: '', code: '', ListMarker: '', DescriptionList: '',
  DescriptionListTerm: '', DescriptionListDetail: '', definition: '', term: '', sectionheader: '', SectionHeader: '', header: '', sectionfooter: '', LabelText: '', Details: '', image: '', img: '',
};
/** Firefox's bits of a state. */
const SELECTED = 0x2, CHECKED = 0x10, PRESSED = 0x8, EXPANDED = 0x200, COLLAPSED = 0x400, UNAVAILABLE = 0x1;

export const accessibilityTree = {
  name: 'accessibility-tree',
  async executeCommand({ command, session }) {
    if (command !== 'accessibility-tree' && command !== 'spoken') return undefined;
    const page = session.browser.getPage(session.id), reader = session.browser.name === 'Firefox' ? firefox : session.browser.name === 'WebKit' ? webkit : chromium;
    const answer = await reader[command](page);
    return answer ?? null;
  },
};

const chromium = {
  async 'accessibility-tree'(page) {
    const { nodes } = await withDevtools(page, (cdp) => cdp.send('Accessibility.getFullAXTree'));
    const byId = new Map(nodes.map((node) => [node.nodeId, node]));
    const convert = (node) => {
      const children = (node.childIds ?? []).flatMap((id) => (byId.has(id) ? convert(byId.get(id)) : [])), role = node.ignored ? '' : roleOf(node);
      return role === '' ? children : [{ ...chromiumNode(node), children }];
    };
    return lines(convert(nodes[0]).flatMap(({ children }) => children));
  },
  spoken: (page) => withDevtools(page, async (cdp) => {
    const { result } = await cdp.send('Runtime.evaluate', { expression: 'window.spoken' });
    const { nodes } = await cdp.send('Accessibility.getPartialAXTree', { objectId: result.objectId, fetchRelatives: false });
    return line(chromiumNode(nodes[0]));
  }),
};

async function withDevtools(page, use) {
  const cdp = await page.createCDPSession();
  try {
    return await use(cdp);
  } finally {
    await cdp.detach();
  }
}

function roleOf({ role }) {
  return CHROMIUM_ROLES[role.value] ?? role.value;
}

function chromiumNode(node) {
  const is = (name) => node.properties?.find((property) => property.name === name)?.value.value;
  const states = [
    ...(is('selected') === true ? ['selected'] : []), ...(['true', true].includes(is('pressed')) ? ['pressed'] : []), ...(['true', true].includes(is('checked')) ? ['checked'] : []),
    ...(is('expanded') === true ? ['expanded'] : is('expanded') === false ? ['collapsed'] : []), ...(is('disabled') === true ? ['disabled'] : []),
  ];
  return { role: roleOf(node), name: node.name?.value ?? '', states };
}

const firefox = {
  async 'accessibility-tree'(page) {
    const convert = ({ role, name, states, children }) => {
      const inner = children.flatMap(convert), own = roleOfFirefox(role, name);
      return own === '' ? inner : [{ role: own, name, states: statesOfFirefox(states), children: inner }];
    };
    return lines((await firefoxNodes(page, null)).children.flatMap(convert));
  },
  async spoken(page) {
    const found = await firefoxNodes(page, await page.evaluate(() => globalThis.spoken.id));
    return found === null ? null : line({ role: roleOfFirefox(found.role, found.name) || found.role, name: found.name, states: statesOfFirefox(found.states) });
  },
};

/** Runs in Firefox's own process: the tree of the page that is shown, or, with an id, the part of it that has it. */
async function firefoxNodes(page, id) {
  const connection = page.browser().connection, { result: tree } = await connection.send('browsingContext.getTree', { 'moz:scope': 'chrome' });
  const read = (wanted) => {
    /* global Cc, Ci, gBrowser */
    const service = Cc['@mozilla.org/accessibilityService;1'].getService(Ci.nsIAccessibilityService);
    globalThis.keptService = service; // it ends with the last who holds it, and takes its time to begin again
    const told = (accessible) => {
      const state = {}, more = {}, children = [];
      accessible.getState(state, more);
      let role = service.getStringRole(accessible.role);
      try {
        for (const { key, value } of accessible.attributes.enumerate()) if (key === 'xml-roles') role = value.split(' ')[0];
      } catch { /* it has gone meanwhile */ }
      for (let child = accessible.firstChild; child !== null; child = child.nextSibling) children.push(told(child));
      return { role, name: accessible.name ?? '', states: state.value, children };
    };
    const find = (accessible) => {
      if (accessible.id === wanted) return accessible;
      for (let child = accessible.firstChild; child !== null; child = child.nextSibling) {
        const found = find(child);
        if (found !== null) return found;
      }
      return null;
    };
    const frame = service.getAccessibleFor(gBrowser.selectedBrowser), document = frame?.firstChild ?? null, node = document === null ? null : wanted === null ? document : find(document);
    return JSON.stringify(node === null ? (wanted === null ? { role: '', name: '', states: 0, children: [] } : null) : told(node));
  };
  const { result: { result } } = await connection.send('script.evaluate', {
    target: { context: tree.contexts[0].context }, awaitPromise: true, expression: `(${read.toString()})(${JSON.stringify(id)})`,
  });
  return JSON.parse(result.value);
}

function roleOfFirefox(role, name) {
  if (role === 'section' && name !== '') return '';
  return FIREFOX_ROLES[role] ?? role;
}

function statesOfFirefox(bits) {
  const names = { selected: SELECTED, pressed: PRESSED, checked: CHECKED, expanded: EXPANDED, collapsed: COLLAPSED, disabled: UNAVAILABLE };
  return Object.entries(names).filter(([, bit]) => (bits & bit) !== 0).map(([name]) => name);
}

const webkit = {
  'accessibility-tree': () => Promise.resolve(null),
  spoken: async (page) => line({ ...(await page.computed('return window.spoken')), states: [] }),
};

function lines(nodes, depth = 0) {
  return nodes.flatMap((node) => [`${'  '.repeat(depth)}${line(node)}`, ...lines(node.children, depth + 1)]);
}

function line({ role, name, states }) {
  return [role, ...(name.trim() === '' ? [] : [JSON.stringify(name.replace(/[\u2066-\u2069]/g, '').replace(/\s+/g, ' ').trim())]), ...states].join(' ');
}
