"""The look: layout, components, the gallery that shows them."""
