{% macro as_words(label) -%}
    {#-
        A normal form in which ASCII words stand alone: engines take the underscore for a letter, so that
        \bcontact\b would not be found in contact_us. Hyphens and slashes part words as they are.
    -#}
    replace({{ label }}, '_', ' ')
{%- endmacro %}
