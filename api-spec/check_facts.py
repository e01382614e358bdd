#!/usr/bin/env python3
"""Holds the description (as `cargo xtask model` prints it) against a folder of facts, in both directions.

usage: check_facts.py FACTS_FOLDER MODEL.json
"""
import collections, glob, json, re, sys, yaml

FACTS, MODEL = sys.argv[1], json.load(open(sys.argv[2]))
errors, counts = [], collections.Counter()


def differ(where, what, fact, ours):
    if fact != ours:
        errors.append(f'{where}: {what}: facts {fact!r}, description {ours!r}')
    counts['comparisons'] += 1


def plain(name):  # initialisms and case aside
    return name.lower()


services, types = {}, {}
for path in sorted(glob.glob(FACTS + '/services/*.yaml')):
    service = yaml.safe_load(open(path))
    services['.'.join(service['service'])] = service
    for t in service.get('types', []):
        types[t['type']] = t
for path in sorted(glob.glob(FACTS + '/types/*.yaml')):
    t = yaml.safe_load(open(path))
    types[t['type']] = t
api = yaml.safe_load(open(FACTS + '/api.yaml'))
codes = yaml.safe_load(open(FACTS + '/error-codes.yaml'))

ours_types = {plain(name): t for name, t in MODEL['types'].items()}
ours_services = {'.'.join(s['accessor']): s for s in MODEL['services']}

# --- services and operations
differ('services', 'names', sorted(services), sorted(ours_services))
seen_types = set()
for name, s in services.items():
    o = ours_services[name]
    counts['services'] += 1
    differ(name, 'deprecated', s['deprecated'], o['deprecated'] is not None)
    differ(name, 'replaced_by', s.get('replaced_by'), (o['deprecated'] or {}).get('instead'))
    sunset = 'docs_sunset_2025_12_31' in s.get('deprecated_basis', [])
    differ(name, 'sunset', '2025-12-31' if sunset else None, (o['deprecated'] or {}).get('since'))
    for key in ('tag', 'openapi'):
        differ(name, key, s[key], o[key])
    differ(name, 'access', s.get('access'), o['access'])
    differ(name, 'legacy', s.get('legacy', False), o['legacy'])
    differ(name, 'resource', plain(s['resource_type']), plain(o['resource']))
    differ(name, 'operations in order', [x['name'] for x in s['operations']], [x['name'] for x in o['operations']])
    for x in s['operations']:
        y = next((y for y in o['operations'] if y['name'] == x['name']), None)
        if y is None:
            continue
        counts['operations'] += 1
        where = f'{name}.{x["name"]}'
        differ(where, 'operation id', x['operation_id'], y['id'])
        differ(where, 'request', (x['method'], x['path'], x['success']), (y['method'], y['path'], y['status']))
        differ(where, 'openapi', x['openapi'], y['openapi'])
        differ(where, 'instance method', x['instance_method'], y['instance'] is not None)
        differ(where, 'applies to', x.get('applies_to'), y['applies_to'])
        differ(where, 'path parameters', [p['name'] for p in x['path_params']], [p['wire'] for p in y['parameters']])
        for p, q in zip(x['path_params'], y['parameters']):
            if 'ref_to' in p:
                differ(where, p['name'], [plain(p['ref_to'])], [plain(k) for k in q['ty']['id']['kinds']])
            else:
                differ(where, p['name'], 'EventSourceType', q['ty'].get('enum'))
        standard = ['before_id', 'limit', 'filter']
        paged = x['paged'] or {}
        listing = y['output'].get('list') if isinstance(y['output'], dict) else None
        query = (['before_id', 'limit'] if listing and listing['paged'] else [])
        query += [q['wire'] for q in y['query']]
        query += ['filter'] if listing and listing['filter'] else []
        differ(where, 'query', [q['name'] for q in x['query']], query)
        for q in x['query']:
            if q['name'] not in standard:
                mine = next(m for m in y['query'] if m['wire'] == q['name'])
                differ(where, q['name'] + ' repeated', q.get('repeated', False), mine['repeated'])
                differ(where, q['name'] + ' deprecated', q.get('deprecated', False), mine['deprecated'] is not None)
        if listing:
            l = types[x['returns']]
            seen_types.add(x['returns'])
            item = l['fields'][0]
            differ(where, 'items', (item['name'], plain(re.match('list<(.*)>', item['type'])[1])), (listing['key'], plain(listing['item'])))
            differ(where, 'page keys', [f['name'] for f in l['fields'][1:]], ['uri'] + (['next_page_uri'] if listing['paged'] else []))
            counts['fields'] += len(l['fields']) if 'counted' not in l else 0
            l['counted'] = True
            differ(where, 'paged', x['paged'] is not None, listing['paged'])
            differ(where, 'filter', s['filterable_fields'] if paged.get('filter') else [], listing['filter'])
        elif x['returns'] is None:
            differ(where, 'returns', 'nothing', y['output'])
        else:
            differ(where, 'returns', plain(x['returns']), plain(y['output']['type']))
        body = x['body']
        if body is None:
            differ(where, 'body', 'none', y['body'])
        elif body.get('wire') == '{}':
            differ(where, 'body', 'empty', y['body'])
            seen_types.add(body['type'])
            left = [f['name'] for f in types[body['type']]['fields'] if f['name'] not in body['not_in_body']]
            differ(where, 'fields of an empty body', [], left)
        else:
            differ(where, 'body', plain(body['type']), plain(y['body']['type']))
            differ(where, 'openapi body', plain(body.get('openapi_body_type') or ''), plain(y['openapi_body'] or ''))
            seen_types.add(body.get('wrapper'))
        seen_types.add(x.get('arg_type'))
        for t in (x.get('arg_type'), (body or {}).get('wrapper'), (body or {}).get('type')):
            if t:
                inside = [f['name'] for f in types[t]['fields'] if f.get('in') == 'path']
                differ(where, f'path parameters in {t}', [], [n for n in inside if n not in [p['wire'] for p in y['parameters']]])

# --- types and fields
SCALARS = {'string', 'bool', 'int32', 'int64', 'uint32', 'uint64', 'float64', 'timestamp'}
views = {}


def same_type(where, f, ty, field, view):
    t = f['type']
    m = re.fullmatch(r'(list|map)<(.*)>', t)
    if m:
        differ(where, 'collection', m[1], next(iter(ty)))
        t, ty = m[2], ty[m[1]]
    refs = f.get('ref_to')
    refs = [refs] if isinstance(refs, str) else refs
    values = f.get('enum') or f.get('item_enum')
    values = api['event_source_types']['values'] if f.get('enum_from') else values
    if t == 'ref' or (t == 'string' and refs and not f.get('ref_by')):
        kind = 'ref' if t == 'ref' else 'id'
        differ(where, 'points to', (kind, [plain(r) for r in refs]), (next(iter(ty)), [plain(k) for k in next(iter(ty.values()))['kinds']]))
    elif where.endswith('.id') and t == 'string' and 'id' in ty:
        pass  # the resource's own id
    elif t == 'string' and values:
        e = MODEL['types'][ty['enum']]
        known = [v['wire'] for v in e['variants']]
        if values == ['cloud']:  # the one value that creation takes
            differ(where, 'accepted', ['cloud'], field['limits']['rules'].get('accepts'))
            known = [v for v in known if v in values]
        differ(where, 'values', [str(v) for v in values], known)
        if values != ['cloud']:
            differ(where, 'open', bool(f.get('enum_open')), e['open'])
        counts['enum fields'] += 1
    elif t in SCALARS:
        differ(where, 'type', t, ty.get('scalar') if isinstance(ty, dict) else ty)
        if values:
            differ(where, 'values', values, field['limits']['one_of'])
    else:
        named = ty.get('record') if isinstance(ty, dict) else None
        differ(where, 'type', plain(t), plain(named or repr(ty)))


RULES = {'unique_in': 'unique_in', 'unique_by': 'distinct', 'input_case_insensitive': 'any_case', 'charset': 'charset', 'forbidden_chars': 'forbidden_chars',
         'item_prefix': 'item_prefix', 'wildcard': 'wildcard', 'wildcard_first_label': 'wildcard_label', 'item_port': 'port', 'ip_versions': 'ip_versions',
         'lowest_address_required': 'lowest_address', 'pem_chain': 'chain', 'known_keys': 'known_keys', 'empty_means': 'empty_means', 'cleared_by': 'cleared_by',
         'admin_only_for_others': 'admin_only_for_others', 'redacted_secret': 'redacted', 'echoed_in_response': 'echoed', 'mutually_exclusive_legacy_name': 'legacy_name',
         'empty_list_clears': 'empty_clears', 'only_if': 'only_if', 'required_unless': 'required_unless', 'must_be_null_if': 'null_if', 'item_case': 'case',
         'key_case_folded': 'case', 'keys_open': 'open', 'may_be_empty': 'may_be_empty', 'zero_time_possible': 'may_be_empty', 'ref_uri_may_be_empty': 'may_be_empty'}
TO_NAME = {'item_host_ref_to': 'host_of'}
SAID = set(RULES) | set(TO_NAME) | {'name', 'type', 'in', 'required', 'nullable', 'may_be_absent', 'enum', 'item_enum', 'enum_open', 'enum_from', 'ref_to', 'ref_by', 'format', 'item_format',
        'key_format', 'key_ref_to', 'secret', 'only_on', 'written_as', 'default', 'max_bytes', 'max_len', 'min', 'max', 'min_items', 'value_min', 'value_max', 'unit', 'value_unit',
        'error_code', 'deprecated', 'replaced_by', 'openapi', 'id_prefix', 'non_empty', 'unique_items', 'ordered', 'unordered', 'accepts', 'also_accepts'}
# follows from where a field appears
DERIVED = {'read_only', 'create_only', 'write_only', 'from_path', 'plain_id', 'cursor', 'numeric_string', 'repeated'}
# evidence, observations, and what prose says
PROSE = {'free_form', 'holds_document', 'observed', 'observed_in_filter', 'default_observed', 'stated_case', 'stated_format', 'id_prefix_doubtful', 'id_prefix_candidates', 'required_in_openapi_2025_08'}
unsaid = collections.Counter()


def field(where, f, m, response_view):
    counts['fields'] += 1
    same_type(where, f, m['ty'], m, response_view)
    p = m['presence']
    differ(where, 'required', f.get('required', False), p['required'])
    differ(where, 'nullable', f.get('nullable', False), p['nullable'])
    differ(where, 'may be absent', f.get('may_be_absent', False), p['optional'])
    differ(where, 'secret', f.get('secret', False), m['secret'])
    for key in ('only_on', 'written_as'):
        differ(where, key, f.get(key), m[key])
    l = m['limits']
    fmt = f.get('format') or f.get('item_format')
    differ(where, 'format', {'org_slug/team_slug': 'team_slug'}.get(fmt, fmt), l['format'])
    differ(where, 'key format', f.get('key_format'), l['key_format'])
    differ(where, 'keys', [plain(k) for k in f.get('key_ref_to', [])], [plain(k) for k in l['keys']])
    for key in ('max_bytes', 'max_len', 'min_items'):
        differ(where, key, f.get(key), l[key])
    differ(where, 'min', f.get('min', f.get('value_min')), l['min'])
    differ(where, 'max', f.get('max', f.get('value_max')), l['max'])
    differ(where, 'unit', f.get('unit') or f.get('value_unit'), l['unit'])
    if 'default' in f:
        differ(where, 'default', f['default'], m['default'])
    if 'error_code' in f:
        e = f['error_code']
        differ(where, 'errors', e if isinstance(e, list) else [e], m['errors'])
    differ(where, 'deprecated', bool(f.get('deprecated')), m['deprecated'] is not None)
    differ(where, 'planned', f.get('deprecated') == 'planned', bool(m['deprecated'] and m['deprecated']['planned']))
    differ(where, 'replaced by', f.get('replaced_by'), (m['deprecated'] or {}).get('instead'))
    rules = l['rules']
    for key, ours in RULES.items():
        if key in f:
            differ(where, key, f[key], rules.get(ours))
    for key, ours in TO_NAME.items():
        if key in f:
            differ(where, key, plain(f[key]), plain(rules.get(ours, '')))
    if 'ref_by' in f:
        differ(where, 'names', plain(f['ref_to']), plain(rules.get('name_of', '')))
    if f.get('unique_items'):
        differ(where, 'distinct', 'value', rules.get('distinct'))
    if 'ordered' in f or 'unordered' in f:
        differ(where, 'ordered', 'ordered' in f, rules.get('ordered'))
    accepts = list(f.get('accepts', [])) + ([f['also_accepts']] if 'also_accepts' in f else [])
    if accepts:
        differ(where, 'accepts', accepts, rules.get('accepts'))
    for key in f:
        if key not in SAID and key not in DERIVED and key not in PROSE and not key.endswith('basis'):
            unsaid[key] += 1


SKIP_ROLES = {'list', 'body_wrapper', 'query', 'path_args', 'action_args', 'common'}
expected = set()
for name, t in types.items():
    if t['role'] in SKIP_ROLES:
        if t['role'] != 'common' and name not in seen_types:
            errors.append(f'{name}: no operation has it')
        if t['role'] != 'list':
            counts['fields'] += len(t['fields'])
        counts['types'] += 1
        continue
    counts['types'] += 1
    fields = [f for f in t['fields'] if f.get('in') != 'path']
    counts['fields'] += len(t['fields']) - len(fields)
    if plain(name) not in ours_types:
        if fields or name not in seen_types:
            errors.append(f'{name}: the description has no such type')
        continue
    m = ours_types[plain(name)]
    expected.add(plain(name))
    used = {'request': m['in_requests'], 'response': m['in_responses']}
    differ(name, 'used in', sorted(t.get('used_in', [])), sorted(k for k, v in used.items() if v))
    kinds = [k for c in t.get('constraints', []) for k in c if k != 'error_code']
    if m['kind'] == 'union':
        differ(name, 'choices', [f['name'] for f in fields], [c['wire'] for c in m['choices']])
        differ(name, 'choice types', [plain(f['type']) for f in fields], [plain(c['ty']) for c in m['choices']])
        differ(name, 'kind of constraint', ['exactly_one_of'], kinds)
        differ(name, 'errors', t['constraints'][0]['error_code'], m['errors'])
        differ(name, 'fixed', t.get('immutable_variant', False), m['fixed'])
        counts['fields'] += len(fields)
        continue
    differ(name, 'fields', sorted(f['name'] for f in fields), sorted(f['wire'] for f in m['fields']))
    in_order = [f['name'] for f in fields] == [f['wire'] for f in m['fields']]
    counts['types in order'] += in_order
    if not in_order:
        counts['types in another order'] += 1
    for f in fields:
        mine = next((x for x in m['fields'] if x['wire'] == f['name']), None)
        if mine:
            field(f'{name}.{f["name"]}', f, mine, m['in_responses'])
    prefix = next((f['id_prefix'] for f in t['fields'] if 'id_prefix' in f), None)
    if t['role'] == 'resource' and any(f['name'] == 'id' for f in fields):
        differ(name, 'prefix', prefix or '', (m['prefix'] + '_') if m['prefix'] else '')
    if t['role'] in ('create', 'update', 'nested'):
        names = {'one_of': 'one_of', 'at_most_one_of': 'at_most_one_of', 'together': 'together', 'requires': 'requires'}
        differ(name, 'constraints', sorted(kinds), sorted(c['kind'] for c in m['constraints']))
    for c in m['constraints']:
        fact = next(x for x in t['constraints'] if c['kind'] in x)
        e = fact['error_code']
        differ(name, 'constraint errors', e if isinstance(e, list) else [e], c['errors'])
        fact = fact[c['kind']]
        differ(name, 'constraint fields', fact[c['condition']] if c['condition'] else fact, c['fields'])
invented = [name for name, t in MODEL['types'].items() if t['kind'] != 'enum' and plain(name) not in expected]
differ('types', 'that the facts do not have', [], invented)
if unsaid:
    errors.append(f'keys of the facts that nothing says: {dict(unsaid)}')

# --- errors and the API as a whole
mine = MODEL['error_codes']['codes']
differ('error codes', 'numbers', sorted(c['number'] for c in codes['api']), sorted(int(n) for n in mine))
for c in codes['api']:
    counts['error codes'] += 1
    m = mine[str(c['number'])]
    differ(c['number'], 'name, topic, status', (c['name'], c['topic'], c['http_status']), (m['name'], m['topic'], m['status']))
a = MODEL['api']
for fact, ours in [(api['base_url'], a['base_url']), (api['auth']['header'], a['auth_header']), (api['version_header']['name'], a['version_header']), (api['version_header']['value'], a['version_value']),
                   (api['paging']['params'], [a['cursor_parameter'], a['limit_parameter']]), (api['paging']['limit']['max'], a['limit_max']), (api['paging']['limit']['min'], a['limit_min']),
                   (api['paging']['limit']['default'], a['limit_default']), (api['paging']['next_page']['field'], a['page_next']), (api['filtering']['param'], a['filter_parameter']),
                   (api['filtering']['object_name'], a['filter_object']), ([f['name'] for f in api['error_object']['fields']], [a['error_code'], a['error_status'], a['error_message'], a['error_details']]),
                   (api['rate_limit']['requests'], a['rate_limit_requests']), (api['rate_limit']['window_seconds'], a['rate_limit_window_seconds']), (api['id_format']['body_length'], a['id_length']),
                   (api['response_headers']['operation_id'], a['operation_id_header']), (api['external_types'], list(a['externals'])),
                   (sorted(n for n, s in services.items() if s.get('filterable_fields')), sorted(api['filtering']['services']))]:
    differ('api', 'fact', fact, ours)

for e in errors:
    print(e)
print(dict(sorted(counts.items())), f'{len(errors)} disagreements')
sys.exit(bool(errors))
