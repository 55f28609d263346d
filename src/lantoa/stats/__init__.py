"""Pure statistics and assembly: no Django, no database, no words of the domain above."""
