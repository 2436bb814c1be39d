{% macro in_kana() -%}
    {#- How a name is read: from one field for the whole of it, else from one for each part. -#}
    coalesce(
            nullif(trim(name_kana), ''),
            nullif(trim(concat_ws(' ', last_name_kana, first_name_kana)), '')
        )
{%- endmacro %}
