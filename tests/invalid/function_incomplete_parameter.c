struct s;
void f(struct s x) //~ ERROR FH1206
{
}
