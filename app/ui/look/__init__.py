"""How everything looks: themes, colours, icons, and widgets that Qt lacks."""
