import type { Surroundings } from './queue';
import { button, choice, field, h, showDialog } from './dom';

interface Member {
  name: string;
  role: 'moderator' | 'owner';
  second_factor: boolean;
}

const roles = [
  ['moderator', 'Moderator'],
  ['owner', 'Owner'],
] as const;

/** Shows a password that the server has made, once. */
function showPassword(name: string, password: string) {
  showDialog(
    `Password of ${name}`,
    h('p', {}, `Hand it to ${name}. It is not shown again, and can be changed under Account.`),
    h('p', {}, h('code', { class: 'password' }, password)),
  );
}

function confirm(question: string, act: () => void) {
  const dialog = showDialog(
    question,
    button('Yes', () => {
      dialog.close();
      act();
    }),
  );
}

/** Who moderates the site. Owners let people in and go, and help who has forgotten something. */
export async function teamView({ api, say, attempt }: Surroundings, self: string) {
  const body = h('tbody');
  const load = async () => {
    const { moderators } = await api.ask<{ moderators: Member[] }>('GET', 'moderators');
    body.replaceChildren(...moderators.map(row));
  };
  const change = (name: string, method: string, below: string, said: string) =>
    attempt(async () => {
      const path = `moderators/${encodeURIComponent(name)}${below}`;
      const answer = await api.ask<{ password: string } | undefined>(method, path);
      say(said);
      await load();
      if (answer) showPassword(name, answer.password);
    });

  function row({ name, role, second_factor }: Member) {
    const cells = [h('th', { scope: 'row' }, name)];
    if (name === self) {
      const mine = role === 'owner' ? 'Owner (you)' : 'Moderator (you)';
      return h('tr', {}, ...cells, h('td', {}, mine), h('td'));
    }
    const select = choice(roles, role);
    select.setAttribute('aria-label', `Role of ${name}`);
    select.addEventListener('change', () => {
      void attempt(async () => {
        const path = `moderators/${encodeURIComponent(name)}`;
        await api.ask('PATCH', path, { role: select.value });
        say(`${name} is ${select.selectedOptions[0]?.text.toLowerCase()} now.`);
      });
    });
    const actions = [
      button('New password', () =>
        confirm(
          `Give ${name} another password?`,
          () => void change(name, 'POST', '/password', `${name} has another password.`),
        ),
      ),
      second_factor &&
        button('Forget second factor', () =>
          confirm(
            `Forget the second factor of ${name}?`,
            () => void change(name, 'DELETE', '/second-factor', 'It is forgotten.'),
          ),
        ),
      button('Remove', () =>
        confirm(`Remove ${name}?`, () => void change(name, 'DELETE', '', `${name} is removed.`)),
      ),
    ];
    for (const one of actions)
      if (one) one.setAttribute('aria-label', `${one.textContent}: ${name}`);
    return h('tr', {}, ...cells, h('td', {}, select), h('td', {}, ...actions));
  }

  const heads = ['Name', 'Role', 'Actions'];
  const table = h(
    'table',
    { class: 'team' },
    h('thead', {}, h('tr', {}, ...heads.map((name) => h('th', { scope: 'col' }, name)))),
    body,
  );
  await load();
  return h(
    'section',
    {},
    h('h1', { tabindex: -1 }, 'Team'),
    h('div', { class: 'wide', role: 'region', tabindex: 0, 'aria-label': 'Moderators' }, table),
    additionForm(),
  );

  function additionForm() {
    const name = h('input', { required: true, maxlength: 80, autocomplete: 'off' });
    const role = choice(roles, 'moderator');
    const submit = (event: Event) => {
      event.preventDefault();
      void attempt(async () => {
        const added = { name: name.value.trim(), role: role.value };
        const { password } = await api.ask<{ password: string }>('POST', 'moderators', added);
        say(`${added.name} is on the team.`);
        name.value = '';
        await load();
        showPassword(added.name, password);
      });
    };
    return h(
      'form',
      { submit },
      h(
        'fieldset',
        {},
        h('legend', {}, 'Let somebody moderate'),
        field('Name', name, 'What they sign in with, and what the audit log has.'),
        field('Role', role, 'Owners also change the rules and the team.'),
        h('button', { class: 'main' }, 'Add'),
      ),
    );
  }
}
