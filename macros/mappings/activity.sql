{% macro activity(connector, source_table, row='', source_rank=1, person_id='person_id') -%}
    {#-
        In a select list: the columns of an activity, as a mapping tells it of a row with `record_id`.

        row: the alias of the row; none where the query reads one relation.
        source_rank: who tells first of a thing told twice: activity 1, membership 2, CRM 3.
        person_id: the person's id in the connector.
        Any other column of `activity_columns` by its name: its SQL, where it is neither the row's column
        of that name nor nothing.
    -#}
    {%- set of_row = row ~ '.' if row else '' -%}
    {%- set columns = activity_columns() -%}
    {%- do columns.update({
        'activity_id': "'" ~ connector ~ ":" ~ source_table ~ ":' || " ~ of_row ~ 'record_id',
        'connector': "'" ~ connector ~ "'",
        'source_table': "'" ~ source_table ~ "'",
        'source_record_id': of_row ~ 'record_id',
        'source_rank': source_rank,
        'person_key': "'" ~ connector ~ ":' || " ~ person_id
    }) -%}
    {%- for name in kwargs if name not in columns -%}
        {{ exceptions.raise_compiler_error("an activity has no column '" ~ name ~ "'") }}
    {%- endfor -%}
    {%- do columns.update(kwargs) -%}
    {%- set said = [] -%}
    {%- for name, told in columns.items() -%}
        {%- set column = told if told is not none else of_row ~ name -%}
        {%- do said.append(column if column == of_row ~ name else column ~ ' as ' ~ name) -%}
    {%- endfor -%}
    {{ said | join(',\n    ') }}
{%- endmacro %}

{% macro activity_columns() -%}
    {#-
        The columns of an activity, in order, each with what it is where a mapping does not say: nothing,
        or the column of that name, which every mapping has to have.
    -#}
    {%- set no_text = 'cast(null as varchar)' -%}
    {{ return({
        'activity_id': none,
        'connector': none,
        'source_table': none,
        'source_record_id': none,
        'source_rank': none,
        'person_key': none,
        'occurred_at': none,
        'activity_type': none,
        'content_key': no_text,
        'content_category': no_text,
        'form_kind': no_text,
        'mailing_key': no_text,
        'link': no_text,
        'user_agent': no_text,
        'event_key': no_text,
        'event_name': no_text,
        'campaign_id': no_text,
        'user_id': no_text,
        'logged_by_id': no_text,
        'is_contact': 'cast(null as boolean)',
        'is_on_demand': 'false',
        'landed_at': none,
        'changed_in_build': none
    }) }}
{%- endmacro %}
