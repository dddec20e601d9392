void f(void)
{
    default:; //~ ERROR FH1210
}
